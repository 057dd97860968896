package dev.sealstream.languagemodel.chat;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;

import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Python's methods of strings, for which jinjava would look among Java's, and Python's index into a string. */
final class PythonMethods extends CompositeELResolver {
    /** What {@link JinjaSource} writes for the slice {@code [::-1]}. */
    static final String REVERSED = "__reversed__";

    PythonMethods() {
        add(new Strings());
        add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    }

    private static final class Strings extends ELResolver {
        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            if (base instanceof String text && String.valueOf(property).matches("-?\\d+")) {
                int index = Integer.parseInt(String.valueOf(property));
                int position = index < 0 ? index + text.length() : index;
                context.setPropertyResolved(true);
                return position < 0 || position >= text.length() ? null : text.substring(position, position + 1);
            }
            return null;
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
            Object result = null;
            if (base instanceof List<?> list && REVERSED.equals(method)) {
                List<Object> reversed = new ArrayList<>(list);
                Collections.reverse(reversed);
                result = reversed;
            } else if (base instanceof String text) {
                result =
                        PythonStrings.call(text, String.valueOf(method), arguments == null ? new Object[0] : arguments);
            }
            if (result != null) {
                context.setPropertyResolved(true);
            }
            return result;
        }

        @Override
        public Class<?> getType(ELContext context, Object base, Object property) {
            return null;
        }

        @Override
        public void setValue(ELContext context, Object base, Object property, Object value) {
            // strings cannot be changed; another resolver may know the base
        }

        @Override
        public boolean isReadOnly(ELContext context, Object base, Object property) {
            return false;
        }

        @Override
        public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
            return Collections.emptyIterator();
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, Object base) {
            return null;
        }
    }
}
