package dev.virga.plugin.postgres;

import dev.virga.component.RecordValue;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days and times. The year 0 is the one before the year 1, which the database writes as 1 BC. */
final class Times {

    private static final String DAY = "(\\d{4,})-(\\d\\d)-(\\d\\d)";
    private static final String CLOCK = "(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?";
    private static final String OFFSET = "([+-])(\\d\\d)(?::(\\d\\d))?(?::(\\d\\d))?";
    private static final Pattern DATE_TEXT = Pattern.compile(DAY + "(?: (BC))?");
    private static final Pattern TIME_TEXT = Pattern.compile(CLOCK + "(.*)");
    private static final Pattern TIMESTAMP_TEXT = Pattern.compile(DAY + " " + CLOCK + "(?:" + OFFSET + ")?(?: (BC))?");
    private static final Pattern RANGE_TEXT = Pattern.compile("([\\[(])([^,]*),([^\\])]*)([\\])])");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9+:/_-]{0,64}");
    private static final int MOST_OFFSET = 16 * 3600 - 1;
    private static final RecordValue MIDNIGHT = clock(0, 0, 0, 0);

    static final Form DATE = Form.of(Times::date, Times::date);
    static final Form TIME = Form.of(Times::time, text -> clock(match(TIME_TEXT, text), 1));
    static final Form TIME_TZ = Form.of(Times::timeTz, Times::timeTz);
    static final Form TIMESTAMP = Form.of(v -> timestamp(v, ""), text -> timestamp(text));
    static final Form TIMESTAMP_TZ = Form.of(Times::timestampTz, Times::timestampTz);

    /** What the interface calls an interval is a range of days. */
    static final Form DATE_RANGE = Form.of(Times::range, Times::range);

    private Times() {}

    private static String date(Object value) {
        return date(value, "");
    }

    /** @param rest what stands between the day and the era */
    private static String date(Object value, String rest) {
        VariantValue date = (VariantValue) value;
        return switch (date.name()) {
            case "positive-infinity" -> "infinity";
            case "negative-infinity" -> "-infinity";
            default -> {
                Tuple ymd = (Tuple) date.payload().orElseThrow();
                int year = (Integer) ymd.values().get(0);
                int month = within("month", ymd.values().get(1), 12);
                int day = within("day", ymd.values().get(2), 31);
                long shown = year > 0 ? year : 1L - year;
                yield String.format("%04d-%02d-%02d%s%s", shown, month, day, rest, year > 0 ? "" : " BC");
            }
        };
    }

    private static VariantValue date(String text) {
        return infinity(text).orElseGet(() -> day(match(DATE_TEXT, text), 4));
    }

    private static Optional<VariantValue> infinity(String text) {
        return switch (text) {
            case "infinity" -> Optional.of(new VariantValue("positive-infinity", Optional.empty()));
            case "-infinity" -> Optional.of(new VariantValue("negative-infinity", Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static VariantValue day(Matcher m, int era) {
        int year = Integer.parseInt(m.group(1));
        return new VariantValue(
                "ymd",
                Optional.of(Tuple.of(
                        m.group(era) == null ? year : 1 - year,
                        Integer.parseInt(m.group(2)),
                        Integer.parseInt(m.group(3)))));
    }

    private static String time(Object value) {
        RecordValue time = (RecordValue) value;
        return String.format(
                "%02d:%02d:%02d.%06d",
                within("hour", time.fields().get("hour"), 24),
                within("min", time.fields().get("min"), 59),
                within("sec", time.fields().get("sec"), 60),
                within("micro", time.fields().get("micro"), 999_999));
    }

    private static RecordValue clock(Matcher m, int first) {
        String fraction = m.group(first + 3) == null ? "" : m.group(first + 3);
        return clock(
                Integer.parseInt(m.group(first)),
                Integer.parseInt(m.group(first + 1)),
                Integer.parseInt(m.group(first + 2)),
                Integer.parseInt((fraction + "000000").substring(0, 6)));
    }

    private static RecordValue clock(int hour, int min, int sec, int micro) {
        return Records.of("hour", hour, "min", min, "sec", sec, "micro", micro);
    }

    private static String timeTz(Object value) {
        RecordValue time = (RecordValue) value;
        String zone = (String) time.fields().get("timesonze");
        if (!ZONE.matcher(zone).matches()) {
            throw new QueryFailure.BadParams("an offset of a time is written as +02:00");
        }
        return time(time.fields().get("time")) + zone;
    }

    private static RecordValue timeTz(String text) {
        Matcher m = match(TIME_TEXT, text);
        return Records.of("timesonze", m.group(5), "time", clock(m, 1));
    }

    private static String timestamp(Object value, String offset) {
        RecordValue timestamp = (RecordValue) value;
        return date(timestamp.fields().get("date"), " " + time(timestamp.fields().get("time")) + offset);
    }

    private static RecordValue timestamp(String text) {
        Optional<VariantValue> infinity = infinity(text);
        if (infinity.isPresent()) {
            return Records.of("date", infinity.get(), "time", MIDNIGHT);
        }
        Matcher m = match(TIMESTAMP_TEXT, text);
        return Records.of("date", day(m, 12), "time", clock(m, 4));
    }

    private static String timestampTz(Object value) {
        RecordValue zoned = (RecordValue) value;
        VariantValue offset = (VariantValue) zoned.fields().get("offset");
        int seconds = (Integer) offset.payload().orElseThrow();
        if (seconds > MOST_OFFSET || seconds < -MOST_OFFSET) {
            throw new QueryFailure.BadParams("an offset from UTC is less than 16 hours, not " + seconds + " seconds");
        }
        int east = offset.name().equals("eastern-hemisphere-secs") ? seconds : -seconds;
        int size = Math.abs(east);
        return timestamp(
                zoned.fields().get("timestamp"),
                String.format("%s%02d:%02d:%02d", east < 0 ? "-" : "+", size / 3600, size / 60 % 60, size % 60));
    }

    private static RecordValue timestampTz(String text) {
        RecordValue timestamp = timestamp(text);
        int seconds = 0;
        boolean west = true;
        if (infinity(text).isEmpty()) {
            Matcher m = match(TIMESTAMP_TEXT, text);
            seconds = number(m.group(9)) * 3600 + number(m.group(10)) * 60 + number(m.group(11));
            west = seconds == 0 || "-".equals(m.group(8));
        }
        String side = west ? "western-hemisphere-secs" : "eastern-hemisphere-secs";
        return Records.of("timestamp", timestamp, "offset", new VariantValue(side, Optional.of(seconds)));
    }

    private static String range(Object value) {
        RecordValue range = (RecordValue) value;
        return ((Boolean) range.fields().get("start-inclusive") ? "[" : "(")
                + date(range.fields().get("start")) + "," + date(range.fields().get("end"))
                + ((Boolean) range.fields().get("end-inclusive") ? "]" : ")");
    }

    private static RecordValue range(String text) {
        Matcher m = RANGE_TEXT.matcher(text);
        if (!m.matches()) {
            throw new Unreadable("an empty range of days");
        }
        return Records.of(
                "start", date(m.group(2).isEmpty() ? "-infinity" : m.group(2)),
                "start-inclusive", m.group(1).equals("["),
                "end", date(m.group(3).isEmpty() ? "infinity" : m.group(3)),
                "end-inclusive", m.group(4).equals("]"));
    }

    private static int within(String what, Object value, int most) {
        int number = (Integer) value;
        if (Integer.compareUnsigned(number, most) > 0) {
            throw new QueryFailure.BadParams(
                    "\"" + what + "\" is at most " + most + ", not " + Integer.toUnsignedString(number));
        }
        return number;
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static Matcher match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new Unreadable("a time that is written unlike ISO 8601");
        }
        return matcher;
    }
}
