package dev.sealstream.languagemodel.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.JinjavaInterpreter.InterpreterScopeClosable;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ForLoop;

/** One turn of a loop: what it sets is gone with the next turn, as in Python and not in jinjava. */
final class TurnTag implements Tag {
    private static final long serialVersionUID = 1;

    static final String NAME = "__turn";
    static final String END = "end__turn";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getEndTagName() {
        return END;
    }

    @Override
    public String interpret(TagNode node, JinjavaInterpreter interpreter) {
        ForLoop loop = (ForLoop) interpreter.getContext().get(ForTag.LOOP);
        StringBuilder out = new StringBuilder();
        try (InterpreterScopeClosable scope = interpreter.enterNonStackingScope()) {
            for (Node child : node.getChildren()) {
                out.append(child.render(interpreter).getValue());
                if (loop.isContinued()) {
                    break;
                }
            }
        }
        return out.toString();
    }
}
