package dev.virga.wasi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The JVM's resolver in tests. Names below {@code .test} have addresses without any server: {@code
 * public.test}, {@code loopback.test}, {@code metadata.test} and {@code mixed.test}; {@code slow.test}
 * has none until {@link #slowMayEnd}. All others are the system's.
 */
public final class TestNames extends InetAddressResolverProvider {

    private static final CountDownLatch SLOW = new CountDownLatch(1);

    /** Lets the look-up of {@code slow.test} end; there is one in a run. */
    public static void slowMayEnd() {
        SLOW.countDown();
    }

    @Override
    public String name() {
        return "test names";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                Optional<Stream<InetAddress>> known = known(host);
                return known.isPresent() ? known.get() : system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    private static Optional<Stream<InetAddress>> known(String host) throws UnknownHostException {
        return switch (host) {
            case "public.test" -> addresses("93.184.216.34");
            case "loopback.test" -> addresses("127.0.0.1");
            case "metadata.test" -> addresses("169.254.169.254", "fd00:ec2::254");
            case "mixed.test" -> addresses("10.0.0.1", "93.184.216.35");
            case "slow.test" -> {
                try {
                    SLOW.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new UnknownHostException(host);
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Stream<InetAddress>> addresses(String... all) {
        return Optional.of(Stream.of(all).map(InetAddress::ofLiteral));
    }
}
