package dev.sealstream.languagemodel.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A template of Python's Jinja2 that jinjava evaluates. */
final class JinjaTemplate {
    private static final int MESSAGE_MAX = 300;

    private final String file;
    private final JinjaSource source;

    JinjaTemplate(String file, String source) {
        this.file = file;
        try {
            this.source = JinjaSource.of(source);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    String render(Map<String, Object> variables, Clock clock) {
        Map<String, Object> context = new HashMap<>(source.literals());
        context.putAll(variables);
        context.put(TemplateFunctions.CLOCK, clock);
        checkNames(Engine.JINJAVA.getGlobalContext());
        RenderResult result = Engine.JINJAVA.renderForResult(source.template(), context);
        if (!result.getErrors().isEmpty()) {
            throw failure(result.getErrors());
        }
        return result.getOutput();
    }

    /** jinjava takes a filter that it does not know for one that gives nothing. */
    private void checkNames(Context known) {
        for (String filter : source.filters()) {
            if (known.getFilter(filter) == null) {
                throw new IllegalArgumentException(file + " uses the filter " + filter
                        + ", which is not known; rewrite this construct in the template");
            }
        }
        for (String test : source.tests()) {
            if (known.getExpTest(test) == null) {
                throw new IllegalArgumentException(file + " uses the test \"is " + test
                        + "\", which is not known; rewrite this construct in the template");
            }
        }
    }

    private IllegalArgumentException failure(List<TemplateError> errors) {
        TemplateError error = errors.get(0);
        for (TemplateError each : errors) {
            for (Throwable t = each.getException(); t != null; t = t.getCause()) {
                if (t instanceof TemplateFunctions.Refusal) {
                    return new IllegalArgumentException(
                            file + " refuses this conversation: " + t.getMessage() + "; send other messages", t);
                }
            }
        }
        return new IllegalArgumentException(
                file + " line " + error.getLineno() + " does not render: "
                        + shortened(source.original(error.getMessage())) + "; rewrite this construct in the template",
                error.getException());
    }

    /** jinjava quotes whole conversations. */
    private static String shortened(String message) {
        return message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX) + " …";
    }

    /** Built when the first template is rendered, since it takes a moment. */
    private static final class Engine {
        static final Jinjava JINJAVA = create();

        private static Jinjava create() {
            LegacyOverrides asInPython = LegacyOverrides.newBuilder()
                    .withEvaluateMapKeys(true)
                    .withIterateOverMapKeys(true)
                    .withUsePyishObjectMapper(true)
                    .withUseSnakeCasePropertyNaming(true)
                    .withUseNaturalOperatorPrecedence(true)
                    .withParseWhitespaceControlStrictly(true)
                    .withAllowAdjacentTextNodes(true)
                    .build();
            Jinjava jinjava = new Jinjava(JinjavaConfig.newBuilder()
                    .withLegacyOverrides(asInPython)
                    .withKeepTrailingNewline(true)
                    .withNestedInterpretationEnabled(false) // a message must never be read as a template
                    .withElResolver(new PythonMethods())
                    .build());
            jinjava.registerFilter(new ToJsonFilter());
            jinjava.registerFilter(new ItemsFilter());
            jinjava.registerTag(new TurnTag());
            jinjava.getGlobalContext().registerExpTest(new IterableTest());
            jinjava.registerFunction(new ELFunctionDefinition(
                    "", TemplateFunctions.PRINTED, TemplateFunctions.class, TemplateFunctions.PRINTED, Object.class));
            for (String name : List.of("raise_exception", "strftime_now")) {
                jinjava.registerFunction(
                        new ELFunctionDefinition("", name, TemplateFunctions.class, name, String.class));
            }
            return jinjava;
        }
    }
}
