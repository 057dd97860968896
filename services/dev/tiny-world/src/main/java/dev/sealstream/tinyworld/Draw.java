package dev.sealstream.tinyworld;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random choices from one seed; the same seed gives the same choices on every machine. Not thread-safe. */
public final class Draw {
    private final SplittableRandom random;

    public Draw(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public <T> T from(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Uniform in [0, 1). */
    public double fraction() {
        return random.nextDouble();
    }

    /** Both bounds included. */
    public int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    public long seed() {
        return random.nextLong();
    }

    /** Standard normal, by Box and Muller: needs nothing from the platform but logarithm and cosine. */
    public double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    public <T> List<T> shuffled(List<T> items) {
        var shuffled = new ArrayList<>(items);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T item = shuffled.get(i);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, item);
        }
        return shuffled;
    }

    /** Distinct items in random order; all of them when there are not more than {@code count}. */
    public <T> List<T> sample(List<T> items, int count) {
        return new ArrayList<>(shuffled(items).subList(0, Math.min(count, items.size())));
    }
}
