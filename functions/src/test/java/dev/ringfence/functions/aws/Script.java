package dev.ringfence.functions.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers requests by their class and remembers them in order. */
final class Script {
  private final Map<Class<?>, Function<Object, Object>> answers = new HashMap<>();
  private final List<Object> requests = new ArrayList<>();

  /** The answer may throw what AWS would make the client throw. */
  <Q> void on(Class<Q> request, Function<Q, Object> answer) {
    answers.put(request, asked -> answer.apply(request.cast(asked)));
  }

  <R> R answer(Object request, Class<R> response) {
    requests.add(request);
    Function<Object, Object> answer = answers.get(request.getClass());
    if (answer == null) {
      throw new AssertionError("nobody expected " + request.getClass().getSimpleName());
    }
    return response.cast(answer.apply(request));
  }

  <Q> List<Q> all(Class<Q> request) {
    return requests.stream().filter(request::isInstance).map(request::cast).toList();
  }

  int calls() {
    return requests.size();
  }
}
