package quantum.processes;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loaded into a running service as an agent: {@code loops=FILE} writes the names of its threads, {@code strike=NAME} kills
 * that thread by an {@code Error} at the next method of ours that it enters, as a failed allocation would. The debugger's
 * door can do the same, but its library (JDK 25.0.3) may crash the process that ends while it is left.
 */
public final class StrickenThread {

    private static final String OURS = "quantum/";
    private static final String OF_THE_TEST = "quantum/processes/";
    private static final AtomicReference<@Nullable String> VICTIM = new AtomicReference<>();

    private StrickenThread() {}

    /** Called by the JVM that is attached to. */
    public static void agentmain(String argument, Instrumentation instrumentation)
            throws IOException, UnmodifiableClassException {
        String value = argument.substring(argument.indexOf('=') + 1);
        if (argument.startsWith("loops=")) {
            Files.write(
                    Path.of(value),
                    Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .toList());
            return;
        }
        instrumentation.addTransformer(new Hook(), true);
        Class<?>[] ours = Stream.of(instrumentation.getAllLoadedClasses())
                .filter(type -> isOurs(type.getName().replace('.', '/')) && instrumentation.isModifiableClass(type))
                .toArray(Class<?>[]::new);
        instrumentation.retransformClasses(ours);
        VICTIM.set(value);
    }

    /** The first thing every method of ours does from now on. */
    public static void here() {
        String victim = VICTIM.get();
        if (victim != null && victim.equals(Thread.currentThread().getName()) && VICTIM.compareAndSet(victim, null)) {
            throw new OutOfMemoryError("struck by the test");
        }
    }

    private static boolean isOurs(String name) {
        return name.startsWith(OURS) && !name.startsWith(OF_THE_TEST);
    }

    /** Puts the call of {@link #here} before the first instruction of every method. */
    private static final class Hook implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                ClassLoader loader, String name, @Nullable Class<?> type, ProtectionDomain domain, byte[] bytes) {
            // One that is only now being loaded would be loaded again by those who ask what it extends.
            if (type == null || !isOurs(name)) {
                return null;
            }
            ClassFile files = ClassFile.of();
            return files.transformClass(
                    files.parse(bytes),
                    ClassTransform.transformingMethodBodies(
                            method -> !method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME), new First()));
        }
    }

    private static final class First implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            code.invokestatic(
                    ClassDesc.of(StrickenThread.class.getName()), "here", MethodTypeDesc.of(ConstantDescs.CD_void));
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
