package dev.sealstream.languagemodel;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory new tensors may take on a device. */
final class DeviceMemory {
    /** Share of what is free that one piece of work may plan with; estimates are rough, and others allocate meanwhile. */
    private static final double USABLE_SHARE = 0.7;

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    private DeviceMemory() {}

    /** Bytes that may be planned with: what the options allow, or a share of what is free now. */
    static long budgetBytes(Device device, LoadOptions options) {
        return options.workMemoryBytes() > 0
                ? options.workMemoryBytes()
                : (long) (USABLE_SHARE * (device.isGpu() ? freeOnGpu(device) : freeOnHost()));
    }

    private static long freeOnGpu(Device device) {
        MemoryUsage usage = CudaUtils.getGpuMemory(device);
        return usage.getMax() - usage.getCommitted();
    }

    private static long freeOnHost() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long free = system.getFreeMemorySize();
        try {
            // counts file pages that can be dropped, which the system's own figure of free memory does not
            for (String line : Files.readAllLines(MEMINFO)) {
                if (line.startsWith(AVAILABLE)) {
                    free = 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            return free; // not Linux
        }
        return Math.min(free, system.getTotalMemorySize()); // the second is a container's limit where there is one
    }
}
