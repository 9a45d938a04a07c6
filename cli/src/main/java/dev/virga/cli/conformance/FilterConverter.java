package dev.virga.cli.conformance;

import picocli.CommandLine.ITypeConverter;

/** The value of {@code --filter}. */
final class FilterConverter implements ITypeConverter<Filter> {

    @Override
    public Filter convert(String text) {
        return Filter.parse(text);
    }
}
