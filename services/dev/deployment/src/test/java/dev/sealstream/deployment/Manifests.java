package dev.sealstream.deployment;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads manifests so that an unknown field, a field twice or an unknown kind is a fault. */
final class Manifests {
    /** Classes of Kubernetes, Prometheus' operator and Strimzi; each has every field that the resource may have. */
    private static final Map<String, Class<?>> MODELS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));

    /** Schemas of our own, from the documented fields, for what has no published classes. */
    private static final Map<String, String> SCHEMAS = Map.of(
            "keda.sh/v1alpha1/ScaledObject", "scaled-object.schema.json",
            "keda.sh/v1alpha1/TriggerAuthentication", "trigger-authentication.schema.json",
            "kustomize.config.k8s.io/v1beta1/Kustomization", "kustomization.schema.json",
            "kustomize.config.k8s.io/v1alpha1/Component", "kustomization.schema.json");

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Manifests() {}

    /** The documents of a YAML text, as trees. */
    static List<JsonNode> documents(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> documents(Path file) {
        return documents(Repository.text(file));
    }

    static String type(JsonNode document) {
        return document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
    }

    static String kind(JsonNode document) {
        return document.path("kind").asText();
    }

    static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    /** What is wrong with a document; empty when every field of it is known. */
    static List<String> faults(JsonNode document) {
        var schema = SCHEMAS.get(type(document));
        if (schema != null) {
            return schemaFaults(schema, document);
        }
        var model = MODELS.get(type(document));
        if (model == null) {
            return List.of("unknown kind " + type(document));
        }
        try {
            var unknown = new ArrayList<String>();
            collectUnknown(type(document), STRICT.treeToValue(document, model), unknown);
            return unknown;
        } catch (IOException e) {
            return List.of(e.getMessage());
        }
    }

    /** What a schema among this test's resources finds wrong. */
    static List<String> schemaFaults(String schema, JsonNode document) {
        try (InputStream in = Manifests.class.getResourceAsStream(schema)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in)
                    .validate(document)
                    .stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The models take unknown fields into a map instead of refusing them; nothing may have got there. */
    private static void collectUnknown(String path, Object value, List<String> unknown) {
        if (value instanceof Collection<?> all) {
            int i = 0;
            for (var one : all) {
                collectUnknown(path + "[" + i++ + "]", one, unknown);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> collectUnknown(path + "." + key, one, unknown));
        } else if (value != null) {
            fields(value.getClass()).forEach(field -> {
                Object held = held(field, value);
                if (!field.getName().equals("additionalProperties")) {
                    collectUnknown(path + "." + field.getName(), held, unknown);
                } else if (held instanceof Map<?, ?> extra && !extra.isEmpty()) {
                    unknown.add(path + " has unknown fields " + extra.keySet());
                }
            });
        }
    }

    /** Of a model and what it inherits; none of other classes. */
    private static Stream<Field> fields(Class<?> type) {
        return Stream.<Class<?>>iterate(type, Manifests::isModel, Class::getSuperclass)
                .flatMap(model -> Stream.of(model.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()));
    }

    private static boolean isModel(Class<?> type) {
        return !type.isEnum()
                && (type.getName().startsWith("io.fabric8.") || type.getName().startsWith("io.strimzi."));
    }

    private static Object held(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
