package dev.sealstream.workerruntime;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.util.List;

/** Puts the settings of the recipe that {@code seal.recipe} names below everything that is set by itself. */
public final class RecipeSource implements ConfigSourceFactory {
    /** Above the defaults of the keys, below {@code application.properties} (250), environment and system properties. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String name = context.getValue(Recipe.KEY).getValue();
        var recipe = name == null ? Recipe.FAST : Recipe.named(name);
        return List.of(new PropertiesConfigSource(recipe.settings(), "recipe " + recipe, ORDINAL));
    }
}
