package dev.sealstream.experiments.cli;

import dev.sealstream.domain.PromptStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prompt styles as people write them: {@code implications-long}. */
final class PromptStyleName implements ITypeConverter<PromptStyle> {
    static String of(PromptStyle style) {
        return style.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public PromptStyle convert(String name) {
        return Arrays.stream(PromptStyle.values())
                .filter(style ->
                        of(style).equalsIgnoreCase(name) || style.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no prompt style '" + name + "'; there are "
                        + Arrays.stream(PromptStyle.values())
                                .map(PromptStyleName::of)
                                .collect(Collectors.joining(", "))));
    }
}
