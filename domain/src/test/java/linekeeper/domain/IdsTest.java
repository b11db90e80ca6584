package linekeeper.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ids are opaque tokens (A6); telephone numbers are E.164 and stay out of logs (I3).
final class IdsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "call-001",
                "EL_12345_2025-11-21T10:30:00Z",
                "0b8f7c1e-6c1f-4b7e-9d1a-2f6f0f3f9f11",
                "a/b?c=d&e#f%20..;~!\"'<>"
            })
    void anyPrintableTokenIsACallId(String id) {
        assertThat(new CallId(id).toString()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "tab\t", "é", "line\n", "\u007f", "\u0000"})
    void anythingElseIsNot(String id) {
        assertThatThrownBy(() -> new CallId(id))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("call_id must be");
    }

    @Test
    void callIdsHaveUpTo128Characters() {
        assertThat(new CallId("x".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new CallId("x".repeat(129))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void readsNumbersAsPeopleWriteThem() {
        assertThat(PhoneNumber.parse("+1 (415) 555-01.00").value()).isEqualTo("+14155550100");
        assertThat(PhoneNumber.parse("+49/30/1234567").value()).isEqualTo("+49301234567");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4155550100",
                "+04155550100",
                "+123456",
                "+1234567890123456",
                "+١٢٣٤٥٦٧"
            })
    void refusesWhatIsNotE164(String number) {
        assertThatThrownBy(() -> PhoneNumber.parse(number))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("E.164");
    }

    @Test
    void masksNumbersWhereverTheyArePrinted() {
        assertThat(new PhoneNumber("+14155550123")).hasToString("+*********23");
    }

    @Test
    void complaintsDoNotRepeatTheValue() {
        assertThatThrownBy(() -> new PhoneNumber("0049301234567"))
                .message()
                .doesNotContain("301234567");
    }
}
