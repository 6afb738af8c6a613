package dev.ringfence.events;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** An event as AWS's documentation shows it, word for word but for white space. */
public enum RecordedEvent {
  METRIC_ALARM("metric-alarm", Page.ALARMS),
  COMPOSITE_ALARM("composite-alarm", Page.ALARMS),
  COMMAND("command", Page.COMMANDS),
  COMMAND_INVOCATION("command-invocation", Page.COMMANDS),
  CREATE_SNAPSHOT("create-snapshot", Page.SNAPSHOTS),
  CREATE_SNAPSHOTS("create-snapshots", Page.SNAPSHOTS),
  INSTANCE_STATE("instance-state", Page.INSTANCES);

  private static final JsonMapper JSON = new JsonMapper();

  private final String file;
  private final String documentation;

  RecordedEvent(String file, String documentation) {
    this.file = file + ".json";
    this.documentation = documentation;
  }

  private static final class Page {
    private static final String ALARMS =
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html";
    private static final String COMMANDS =
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html";
    private static final String SNAPSHOTS =
        "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-cloud-watch-events.html";
    private static final String INSTANCES =
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html";
  }

  /** The whole event; a new tree each time, to be changed at will. */
  public ObjectNode json() {
    try (InputStream text = RecordedEvent.class.getResourceAsStream(file)) {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " of " + documentation, unreadable);
    }
  }
}
