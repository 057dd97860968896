package dev.sealstream.devstack.lineage;

/** Colours of the terminal, if it has any. */
public interface Ink {
    /** For pipes, files and tests. */
    Ink NONE = new Ink() {
        @Override
        public String bold(String text) {
            return text;
        }

        @Override
        public String dim(String text) {
            return text;
        }

        @Override
        public String green(String text) {
            return text;
        }

        @Override
        public String red(String text) {
            return text;
        }
    };

    String bold(String text);

    String dim(String text);

    String green(String text);

    String red(String text);
}
