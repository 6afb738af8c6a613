package dev.ringfence.layering;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Measures methods the way a reader does: by the lines between the braces of a body. */
final class Methods {
  private Methods() {}

  /**
   * How many lines each method's body has, without the lines of its braces; by file and name, and
   * of methods with one name the longest.
   *
   * @param sources compilation units by file name; they are parsed, not resolved
   */
  static Map<String, Integer> lines(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Source> units =
        sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, units);
    Map<String, Integer> lines = new TreeMap<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(unit, Trees.instance(task).getSourcePositions(), lines).scan(unit, null);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return lines;
  }

  private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Map<String, Integer> lines;

    Scanner(CompilationUnitTree unit, SourcePositions positions, Map<String, Integer> lines) {
      this.unit = unit;
      this.positions = positions;
      this.lines = lines;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      Tree body = method.getBody();
      // Where no body was written, or the compiler wrote the method, there is nothing to measure.
      if (body != null && positions.getEndPosition(unit, body) >= 0) {
        LineMap map = unit.getLineMap();
        long first = map.getLineNumber(positions.getStartPosition(unit, body));
        long last = map.getLineNumber(positions.getEndPosition(unit, body));
        lines.merge(name(method), (int) Math.max(0, last - first - 1), Math::max);
      }
      return super.visitMethod(method, null);
    }

    private String name(MethodTree method) {
      String file = unit.getSourceFile().getName();
      return file.substring(file.lastIndexOf('/') + 1) + "#" + method.getName();
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(URI.create("string:///" + file), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
