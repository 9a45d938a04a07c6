package dev.virga.plugin.postgres;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a database writes amounts of money, which its {@code lc_monetary} says.
 *
 * @param digits after the point
 * @param point for example a comma
 */
record Money(int digits, String point) {

    static final String SAMPLE = "SELECT 11.1::numeric::money::text";

    private static final Pattern SEPARATED = Pattern.compile("11(\\D)(\\d+)");
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");

    /** @param sample what {@link #SAMPLE} gives */
    static Money of(String sample) {
        Matcher matcher = SEPARATED.matcher(sample);
        return matcher.find() ? new Money(matcher.group(2).length(), matcher.group(1)) : new Money(0, "");
    }

    /** A number, rounded to what the currency has. */
    String write(String number) {
        if (!AMOUNT.matcher(number).matches()) {
            throw new QueryFailure.BadParams("an amount of money is a number such as -12.34");
        }
        String plain = new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
        return digits == 0 ? plain : plain.replace(".", point);
    }

    String read(String text) {
        String all = text.replaceAll("\\D", "");
        boolean negative = text.contains("-") || text.contains("(");
        BigDecimal amount = new BigDecimal(all).movePointLeft(digits);
        return (negative ? amount.negate() : amount).setScale(digits, RoundingMode.UNNECESSARY).toPlainString();
    }
}
