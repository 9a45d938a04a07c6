package dev.virga.operator.placement;

/** What a host can fail. */
public sealed interface Constraint {

    /** What is said of so many hosts, after their number. */
    String text(int hosts);

    record Label(String key, String value) implements Constraint {
        @Override
        public String text(int hosts) {
            return (hosts == 1 ? "lacks" : "lack") + " the label " + key + "=" + value;
        }
    }

    record Environment(String name) implements Constraint {
        @Override
        public String text(int hosts) {
            return (hosts == 1 ? "is" : "are") + " not of environment " + name;
        }
    }

    record Interface(String name) implements Constraint {
        @Override
        public String text(int hosts) {
            return (hosts == 1 ? "lacks " : "lack ") + name;
        }
    }

    record Memory(Resources requests) implements Constraint {
        @Override
        public String text(int hosts) {
            return (hosts == 1 ? "has" : "have") + " no " + requests.memoryText() + " of memory left";
        }
    }

    record Cpu(Resources requests) implements Constraint {
        @Override
        public String text(int hosts) {
            return (hosts == 1 ? "has" : "have") + " no " + requests.cpuText() + " of CPU left";
        }
    }

    record Condition(HostCondition condition) implements Constraint {
        @Override
        public String text(int hosts) {
            String verb = hosts == 1 ? "is " : "are ";
            return switch (condition) {
                case READY -> verb + "ready";
                case SILENT -> verb + "silent";
                case CORDONED -> verb + "cordoned";
                case DRAINING -> verb + "draining";
            };
        }
    }
}
