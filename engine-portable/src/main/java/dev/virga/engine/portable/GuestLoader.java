package dev.virga.engine.portable;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds the classes of one compiled module, defined when they are first needed. It lives as long
 * as the module and its instances. Its name tells the module in stack traces.
 */
final class GuestLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final AtomicLong NUMBER = new AtomicLong();

    private final Map<String, ByteBuffer> classes;

    GuestLoader(Map<String, ByteBuffer> classes) {
        super("wasm-" + NUMBER.incrementAndGet(), GuestLoader.class.getClassLoader());
        this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        // Guest classes are never the parent's, so it is not asked, which saves a search of its jars.
        if (!classes.containsKey(name)) {
            return super.loadClass(name, resolve);
        }
        if (Interpreter.isPart(name)) {
            return Interpreter.load(classes);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defineClass(name, classes.get(name).duplicate(), null);
        }
    }
}
