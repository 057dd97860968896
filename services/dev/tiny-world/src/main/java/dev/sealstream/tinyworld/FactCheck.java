package dev.sealstream.tinyworld;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides exactly what a line of a self-edit says: a fact of the passage, something wrong, or no fact at all.
 *
 * <p>A line of an unknown form states no fact. A known form about another person, with another value, or about something
 * the passage does not tell is wrong.
 */
public record FactCheck(Verdict verdict, Kind kind, Optional<Relation> relation) {
    /** Whether a line is true of the passage. */
    public enum Verdict {
        CORRECT,
        WRONG,
        NO_FACT
    }

    /** The form a line has. */
    public enum Kind {
        IMPLICATION,
        QUESTION,
        REWRITE,
        COPY,
        VAGUE,
        OTHER
    }

    private record KnownForm(Pattern pattern, Kind kind, Relation relation) {}

    private static final String PRONOUN = "(?:He|She|His|Her)";
    private static final List<KnownForm> FORMS = forms();
    private static final List<Pattern> VAGUE = vague();

    public static FactCheck of(String line, Passage passage) {
        String text = line.strip();
        for (KnownForm form : FORMS) {
            Matcher matcher = form.pattern.matcher(text);
            if (matcher.matches()) {
                return verdict(form, matcher, passage);
            }
        }
        boolean vague = VAGUE.stream().anyMatch(pattern -> pattern.matcher(text).matches());
        return new FactCheck(Verdict.NO_FACT, vague ? Kind.VAGUE : Kind.OTHER, Optional.empty());
    }

    private static FactCheck verdict(KnownForm form, Matcher matcher, Passage passage) {
        Person person = passage.person();
        String subject = matcher.group("subject");
        boolean pronoun = subject.matches(PRONOUN);
        boolean aboutPerson = pronoun
                ? subject.equals(person.pronoun().subject) || subject.equals(person.pronoun().possessive)
                : subject.equals(person.name());
        boolean right = aboutPerson
                && passage.relations().contains(form.relation)
                && person.fact(form.relation).equals(matcher.group("value"));
        Kind kind = form.kind == Kind.REWRITE && pronoun ? Kind.COPY : form.kind;
        return new FactCheck(right ? Verdict.CORRECT : Verdict.WRONG, kind, Optional.of(form.relation));
    }

    private static List<KnownForm> forms() {
        var forms = new ArrayList<KnownForm>();
        for (Relation relation : Relation.values()) {
            for (String form : relation.passageForms()) {
                forms.add(new KnownForm(pattern(form), Kind.REWRITE, relation));
            }
            for (String form : relation.implicationForms()) {
                forms.add(new KnownForm(pattern(form), Kind.IMPLICATION, relation));
            }
            for (String form : relation.editQuestionForms()) {
                forms.add(new KnownForm(pattern("Question: " + form + " Answer: {value}"), Kind.QUESTION, relation));
            }
        }
        return List.copyOf(forms);
    }

    private static List<Pattern> vague() {
        var patterns = new ArrayList<Pattern>();
        Statements.VAGUE.forEach(form -> patterns.add(pattern(form)));
        Passage.OPENINGS.forEach(form -> patterns.add(pattern(form)));
        return List.copyOf(patterns);
    }

    private static Pattern pattern(String form) {
        return Pattern.compile(Pattern.quote(form)
                .replace("{name}", "\\E(?<subject>\\w+)\\Q")
                .replace("{Subject}", "\\E(?<subject>\\w+)\\Q")
                .replace("{Possessive}", "\\E(?<subject>His|Her|\\w+(?='s))(?:'s)?\\Q")
                .replace("{value}", "\\E(?<value>\\w+)\\Q"));
    }
}
