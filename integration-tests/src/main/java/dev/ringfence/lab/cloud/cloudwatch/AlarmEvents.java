package dev.ringfence.lab.cloud.cloudwatch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Chance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Writes the "CloudWatch Alarm State Change" event as AWS does: time stamps inside the detail end
 * in {@code +0000} without a colon, and {@code reasonData} is JSON in a string.
 */
final class AlarmEvents {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final JsonMapper json = new JsonMapper();
  private final Chance chance;
  private long written;

  AlarmEvents(Chance chance) {
    this.chance = chance;
  }

  static String stamp(Instant instant) {
    return STAMP.format(instant);
  }

  static String arn(String alarmName) {
    return Account.arn("cloudwatch", "alarm:" + alarmName);
  }

  String stateChange(Alarm alarm, Alarm.Standing before, Instant now) {
    ObjectNode event = json.createObjectNode();
    event.put("version", "0");
    event.put("id", chance.uuid("event-id", written++));
    event.put("detail-type", "CloudWatch Alarm State Change");
    event.put("source", "aws.cloudwatch");
    event.put("account", Account.ID);
    event.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", Account.REGION);
    event.putArray("resources").add(arn(alarm.name));
    ObjectNode detail = event.putObject("detail");
    detail.put("alarmName", alarm.name);
    write(detail.putObject("state"), alarm.standing);
    write(detail.putObject("previousState"), before);
    configuration(detail.putObject("configuration"), alarm);
    Alarm.Mute mute = alarm.muteAt(now);
    if (mute != null) {
      ObjectNode muted = detail.putObject("muteDetail");
      muted.put("mutedByArn", mute.ruleArn());
      muted.put("muteWindowStart", stamp(mute.from()));
      muted.put("muteWindowEnd", stamp(mute.until()));
    }
    return event.toString();
  }

  private static void write(ObjectNode node, Alarm.Standing standing) {
    node.put("value", standing.value().name());
    node.put("reason", standing.reason());
    if (!standing.reasonData().isEmpty()) {
      node.put("reasonData", standing.reasonData());
    }
    node.put("timestamp", stamp(standing.at()));
  }

  private void configuration(ObjectNode node, Alarm alarm) {
    if (!alarm.description.isEmpty()) {
      node.put("description", alarm.description);
    }
    switch (alarm.rule) {
      case Alarm.CompositeRule composite -> node.put("alarmRule", composite.text());
      case Alarm.MetricRule rule -> {
        ObjectNode query = node.putArray("metrics").addObject();
        query.put("id", chance.uuid("metric-query " + alarm.name, 0));
        ObjectNode stat = query.putObject("metricStat");
        ObjectNode metric = stat.putObject("metric");
        metric.put("namespace", rule.metric().namespace());
        metric.put("name", rule.metric().name());
        ObjectNode dimensions = metric.putObject("dimensions");
        new TreeMap<>(rule.metric().dimensions()).forEach(dimensions::put);
        stat.put("period", rule.periodSeconds());
        stat.put("stat", rule.statistic());
        query.put("returnData", true);
      }
    }
  }
}
