package dev.sealstream.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param ratios what the tables come to, by a name that stays the same from run to run
 * @param notes how to read it: what was counted, what was scaled, what was missing
 */
record BenchmarkReport(List<Table> tables, Map<String, Double> ratios, List<String> notes) {
    BenchmarkReport {
        tables = List.copyOf(tables);
        ratios = new LinkedHashMap<>(ratios);
        notes = List.copyOf(notes);
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("tables", tables.stream().map(Table::asMaps).toList());
        map.put("ratios", ratios);
        map.put("notes", notes);
        return map;
    }
}
