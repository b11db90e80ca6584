package linekeeper.bootstrap.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What this runs on.
record Machine(String processor, int cores, long memoryMb, String system, String java) {
    private static final long KIB_PER_MIB = 1024;

    static Machine here() {
        return new Machine(
                first("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                kib("/proc/meminfo", "MemTotal") / KIB_PER_MIB,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.vendor") + " " + Runtime.version());
    }

    /// What this process occupies in memory, in MiB; 0: the system does not tell.
    static long residentMb() {
        return kib("/proc/self/status", "VmRSS") / KIB_PER_MIB;
    }

    /// What the heap's objects, garbage included, occupy, in MiB.
    static long heapMb() {
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return used / KIB_PER_MIB / KIB_PER_MIB;
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("processor", processor)
                .add("cores", cores)
                .add("memory_mb", memoryMb)
                .add("system", system)
                .add("java", java)
                .build();
    }

    @Override
    public String toString() {
        return "%d x %s, %d MB, %s, %s".formatted(cores, processor, memoryMb, system, java);
    }

    private static long kib(String file, String key) {
        String digits = first(file, key).replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String first(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
