package dev.virga.cli.redact;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is looked for in every text, in this order; where two find the same, the first has it. Patterns take time that
 * grows with the text's length: repetitions are possessive or bounded.
 */
final class Rules {

    /** Names of the domain system that file names and classes do not end in. */
    private static final Set<String> GENERIC = Set.of(
            ("com net org edu gov mil int info biz name pro io dev app ai cloud online site tech store systems network "
                            + "internal local localdomain lan corp home intranet private svc arpa test example invalid")
                    .split(" "));

    /** Countries that are file names' endings, too; in URLs they count all the same. */
    private static final Set<String> ALSO_FILES = Set.of("rs", "py", "sh", "md", "pl", "so", "cc", "ps", "mk", "hs", "st");

    private static final Set<String> COUNTRIES = Arrays.stream(Locale.getISOCountries())
            .map(country -> country.toLowerCase(Locale.ROOT))
            .filter(country -> !ALSO_FILES.contains(country))
            .collect(Collectors.toUnmodifiableSet());

    static final List<Rule> ALL = List.of(
            // who asks, in URLs and headers
            Rule.of(Kind.TOKEN, "@", "(?<=://)([^\\s/\"'<>]{1,1000})@"),
            Rule.of(
                    Kind.TOKEN, "authorization",
                    "(?i)(?<![\\w-])(?:proxy-)?authorization\\\\{0,4}[\"']?\\s{0,4}[:=]\\s{0,4}\\\\{0,4}[\"']?"
                            + "(?:(?:bearer|basic|digest|token|negotiate|apikey|aws4-hmac-sha256)\\s{1,4})?([^\"'\\\\\\r\\n]++)"),
            Rule.of(
                    Kind.TOKEN, "cookie",
                    "(?i)(?<![\\w-])(?:set-)?cookie\\\\{0,4}[\"']?\\s{0,4}[:=]\\s{0,4}\\\\{0,4}[\"']?([^\"'\\\\\\r\\n]++)"),
            Rule.of(Kind.TOKEN, "bearer|basic", "(?i)\\b(?:bearer|basic)\\s{1,4}([A-Za-z0-9._~+/=-]{6,}+)", Rules::isNoWord),
            // tokens that look like nothing else
            Rule.of(Kind.TOKEN, "eyj", "\\beyJ[A-Za-z0-9_-]{5,}+\\.[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]*+)*+"),
            Rule.of(
                    Kind.TOKEN,
                    "akia|asia|agpa|aida|aroa|anpa|anva|abia|acca",
                    "\\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}\\b"),
            Rule.of(
                    Kind.TOKEN,
                    "gh|glpat-|xox|xapp-|npm_|pypi-|hf_|dop_v1_|hvs.|sk-|sk_|rk_|whsec_|aiza|ya29.|sg.|age-",
                    "\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|npm_|pypi-|hf_|dop_v1_|hvs\\.|sk-|sk_live_|"
                            + "rk_live_|sk_test_|whsec_|AIza|ya29\\.|SG\\.|AGE-SECRET-KEY-1)[A-Za-z0-9_.-]{10,}+"),
            Rule.of(Kind.TOKEN, "su|sa|so|sn|sc|sx", "\\bS[UAONCX][A-Z2-7]{56}\\b"), // seeds of NATS' keys
            Rule.of(Kind.TOKEN, "-----begin", "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----([^-]++)"),
            Rule.of(Kind.TOKEN, "-u", "(?<=\\s)(?:-u|--user)[ =][\"']?([^\\s:\"']{1,200}:[^\\s\"']{1,200})"),
            // requests
            Rule.of(Kind.REQUEST, "-", "\\b[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\\b"),
            Rule.of(Kind.REQUEST, "-", "\\b[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\\b"),
            Rule.of(Kind.REQUEST, "", "(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])"),
            Rule.of(Kind.REQUEST, "std", "(?:^|\\s)(?:stdout|stderr) \\[(\\w{1,128})] ::"),
            Rule.of(Kind.REQUEST, "request ", "(?:^|\\s)request (\\d{1,19}):"),
            // tenants, as Virga and Kubernetes write them
            Rule.of(
                    Kind.TENANT,
                    "/",
                    "^\\S{20,35} (?:TRACE|DEBUG|INFO|WARN|ERROR|CRITICAL) ([\\w.-]{1,253})/([\\w.-]{1,253}) "),
            Rule.of(
                    Kind.TENANT,
                    "workload|configmap|secret|artifact",
                    "\\b(?:Workload(?:Deployment|ReplicaSet)?|ConfigMap|Secret|Artifact) "
                    + "([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253})"),
            Rule.of(
                    Kind.TENANT,
                    "virga-link",
                    "\\bvirga-link\\.([\\w-]{1,253})\\.([\\w-]{1,253})\\."
                            + "[^.\\s]{1,253}\\.[^.\\s]{1,253}\\.([\\w-]{1,253})\\."),
            Rule.of(Kind.TENANT, "/namespaces/", "/namespaces/([\\w.-]{1,253})"),
            Rule.of(Kind.TENANT, "/v1/", "/v1/(?:objects/\\w{1,64}|logs)/([\\w.-]{1,253})/([\\w.-]{1,253})"),
            // people and machines
            Rule.of(
                    Kind.EMAIL,
                    "@",
                    "(?<![^\\s<>\"'(),:;\\[\\]=/])"
                            + "[^\\s@<>\"'(),:;\\[\\]=/]{1,64}+@[\\p{L}\\p{N}-]{1,63}+(?:\\.[\\p{L}\\p{N}-]{1,63}+)++"),
            Rule.of(
                    Kind.ADDRESS,
                    ":",
                    "(?<![\\w:.])[0-9A-Fa-f:]{2,45}+(?:(?:\\.\\d{1,3}){3})?+(?:%\\w{1,16})?+(?![\\w:])",
                    Rules::isForeign),
            Rule.of(Kind.ADDRESS, ".", "(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w]|\\.\\d)", Rules::isForeign),
            Rule.of(Kind.ADDRESS, "-", "(?<![\\w-])[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}(?![\\w-])"),
            Rule.of(Kind.HOST, "ip-", "\\bip-\\d{1,3}(?:-\\d{1,3}){3}\\b"),
            Rule.of(
                    Kind.HOST,
                    "://",
                    "://(?:[^\\s/\"'<>]{1,1000}@)?([\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.-]{0,253}[\\p{L}\\p{N}_])?)"
                            + "(?=[:/?#\\s\"'<>),;\\]}]|$)",
                    host -> !Addresses.isAddress(host) && !Addresses.isOwn(host)),
            Rule.of(
                    Kind.HOST,
                    ".",
                    "(?<![\\p{L}\\p{N}_.@/-])(?:[\\p{L}\\p{N}_-]{1,63}+\\.)++[\\p{L}\\p{N}-]{2,63}+"
                            + "(?![\\p{L}\\p{N}_(]|\\.[\\p{L}\\p{N}])",
                    Rules::isHostName));

    /** What else looks like a key, after all that is known by its name. */
    static final Rule RANDOM = Rule.of(
            Kind.TOKEN, "", "(?<![\\w+/=.:-])[A-Za-z0-9+/_-]{40,}+={0,2}(?![\\w.:])", text -> Entropy.isSecret(text, 4.3));

    private Rules() {}

    /** What follows {@code basic} in prose. */
    private static boolean isNoWord(String text) {
        return !text.matches("[a-z]+[.,]?");
    }

    private static boolean isForeign(String text) {
        return Addresses.isAddress(text) && !Addresses.isOwn(text);
    }

    private static boolean isHostName(String text) {
        String last = text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return GENERIC.contains(last) || COUNTRIES.contains(last);
    }

    /** Of the user's own. */
    static Rule own(Pattern pattern) {
        return new Rule(Kind.PATTERN, pattern, List.of(""), _ -> true);
    }
}
