package dev.ringfence.coldstart;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of a subject's, from its start to its end. */
final class Trial {
  private static final InstantSource TIME = InstantSource.system();

  private static final Pattern LOADED =
      Pattern.compile("java\\.cls\\.(?:sharedL|l)oadedClasses=(\\d+)");
  private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)");

  private Trial() {}

  /**
   * A cold start, all in milliseconds since the process was started.
   *
   * @param init until the runtime client asked for its first event
   * @param answered until the first answer came
   * @param processor of processor time, until then
   */
  record Cold(double init, double answered, double processor) {}

  /**
   * After a restore, in milliseconds since the client was let go on.
   *
   * @param before from the process's start to its checkpoint
   */
  record Restored(double before, double answered, double processor) {}

  /**
   * What an instance is after its first answer.
   *
   * @param classes loaded, those from the JDK's archive included
   * @param heap bytes that live objects take
   * @param resident bytes of the process; zero where the system does not tell
   */
  record Size(long classes, long heap, long resident) {}

  static Cold cold(Subject subject) throws IOException {
    String event = subject.events().get();
    try (Instance instance = Instance.start(subject.code(), Instance.Start.ON_DEMAND, TIME)) {
      instance.api().invoke(event);
      RuntimeApi.Said ready = instance.await(RuntimeApi.Kind.READY);
      RuntimeApi.Said answered = instance.await(RuntimeApi.Kind.ANSWERED);
      double processor = instance.processorMillis();
      return new Cold(instance.millisUntil(ready), instance.millisUntil(answered), processor);
    }
  }

  static Restored restored(Subject subject) throws IOException {
    try (Instance instance = Instance.start(subject.code(), Instance.Start.SNAP_START, TIME)) {
      double before = instance.millisUntil(instance.await(RuntimeApi.Kind.AT_CHECKPOINT));
      instance.api().invoke(subject.events().get());
      double processorBefore = instance.processorMillis();
      long start = System.nanoTime();
      instance.api().restore();
      instance.await(RuntimeApi.Kind.READY);
      RuntimeApi.Said answered = instance.await(RuntimeApi.Kind.ANSWERED);
      double processor = instance.processorMillis() - processorBefore;
      return new Restored(before, (answered.nanos() - start) / 1e6, processor);
    }
  }

  static Size size(Subject subject) throws IOException {
    try (Instance instance = Instance.start(subject.code(), Instance.Start.ON_DEMAND, TIME)) {
      instance.await(RuntimeApi.Kind.READY);
      instance.call(subject.events().get());
      long resident = instance.residentBytes().orElse(0L);
      long classes = sum(LOADED, instance.jcmd("PerfCounter.print"));
      long heap = sum(TOTAL, instance.jcmd("GC.class_histogram"));
      return new Size(classes, heap, resident);
    }
  }

  private static long sum(Pattern number, List<String> lines) {
    return lines.stream()
        .map(number::matcher)
        .filter(Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  /**
   * Milliseconds of each call to an instance that has been called before.
   *
   * @param before calls that are not measured
   */
  static List<Double> warm(Subject subject, int before, int calls) throws IOException {
    List<Double> millis = new ArrayList<>();
    try (Instance instance = Instance.start(subject.code(), Instance.Start.ON_DEMAND, TIME)) {
      instance.await(RuntimeApi.Kind.READY);
      for (int i = 0; i < before + calls; i++) {
        String event = subject.events().get();
        long start = System.nanoTime();
        double answered = (instance.call(event).nanos() - start) / 1e6;
        if (i >= before) {
          millis.add(answered);
        }
      }
    }
    return millis;
  }
}
