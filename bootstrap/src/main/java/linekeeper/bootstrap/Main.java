package linekeeper.bootstrap;

import linekeeper.bootstrap.cli.CommandLineInterface;

/// Where the process begins.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int code = CommandLineInterface.run(arguments);
        if (code >= 0) {
            System.exit(code);
        }
    }
}
