package dev.ringfence.functions.widget;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.functions.wiring.Wiring;
import dev.ringfence.widget.Widget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The custom widget of the operators' dashboard. Its buttons call the function again, by the ARN
 * that it was invoked by. An error means that the store could not be reached, and the dashboard
 * shows it.
 */
public final class WidgetFunction implements RequestStreamHandler {
  private static final JsonMapper JSON = new JsonMapper();

  private final Widget widget;

  /** For Lambda. */
  public WidgetFunction() {
    this(Wiring.bean(Widget.class));
  }

  public WidgetFunction(Widget widget) {
    this.widget = widget;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream out, Context context)
      throws IOException {
    String page =
        widget.answer(
            input.readAllBytes(), context.getAwsRequestId(), context.getInvokedFunctionArn());
    JSON.writeValue(out, page);
  }
}
