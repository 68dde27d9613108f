package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One place has one name, however its address is spelt. */
class DestinationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9177",
                "http://127.0.0.1:9177/",
                "HTTP://127.0.0.1:9177",
                "http://localhost:9177",
                "http://LocalHost:9177",
                "http://localhost.:9177",
                "http://127.8.9.10:9177",
                "http://127.1:9177",
                "http://[::1]:9177",
                "http://[0:0:0:0:0:0:0:1]:9177",
                "http://[::ffff:127.0.0.1]:9177",
                "http://[::]:9177",
                "http://0.0.0.0:9177",
                "http://me:secret@localhost:9177",
                "http://localhost:9177//",
                "http://localhost:9177/a/..",
                "http://localhost:9177?a=b",
                "http://localhost:9177/#x"
            })
    void everySpellingOfThisHostIsOnePlace(String address) {
        assertThat(Destination.of(address)).isEqualTo("http://localhost:9177");
    }

    @Test
    void anAddressOfAnInterfaceOfThisHostIsThisHost() throws SocketException {
        assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
                .extracting(InetAddress::getHostAddress)
                .filteredOn(address -> !address.contains(":"))
                .isNotEmpty()
                .allSatisfy(address -> assertThat(Destination.of("http://" + address + ":9177"))
                        .isEqualTo("http://localhost:9177"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://fapi.binance.com, https://fapi.binance.com:443",
        "HTTPS://FAPI.Binance.com./, https://fapi.binance.com:443",
        "https://fapi.binance.com:443, https://fapi.binance.com:443",
        "https://fapi.binance.com:/, https://fapi.binance.com:443",
        "http://exchange.invalid, http://exchange.invalid:80",
        "http://exchange.invalid:8080/One/, http://exchange.invalid:8080/One",
        "http://my_exchange:80, http://my_exchange:80",
        "http://203.0.113.7:9177, http://203.0.113.7:9177",
        "http://[2001:DB8::0:7]:9177, http://2001:db8:0:0:0:0:0:7:9177"
    })
    void anotherHostHasItsNameInOneSpelling(String address, String place) {
        assertThat(Destination.of(address)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:9178",
                "https://localhost:9177",
                "http://localhost:9177/other",
                "http://203.0.113.7:9177"
            })
    void whatLeadsElsewhereIsAnotherPlace(String address) {
        assertThat(Destination.of(address)).isNotEqualTo(Destination.of("http://localhost:9177"));
    }
}
