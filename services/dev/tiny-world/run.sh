#!/bin/sh
# Builds this module and runs one of its commands:
#   services/dev/tiny-world/run.sh PretrainTinyModel --output target/tiny-model
#   services/dev/tiny-world/run.sh MeasureTinyModel --rounds 2
set -eu
module=services/dev/tiny-world
root=$(cd "$(dirname "$0")/../../.." && pwd)
command=$1
shift
(cd "$root" && ./mvnw -q -B -Dquick -pl $module -am package \
    dependency:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile=target/classpath)
exec java -Xmx1g -Dai.djl.offline=true -Dai.djl.pytorch.num_threads="${THREADS:-1}" \
    -cp "$root/$module/target/classes:$(cat "$root/$module/target/classpath")" \
    "dev.sealstream.tinyworld.pretraining.$command" "$@"
