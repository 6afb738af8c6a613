package dev.ringfence.infra;

import dev.ringfence.contract.Variables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * What a team says about its cell.
 *
 * @param name what everything in the account is called after; two cells of one account and Region
 *     need two names
 * @param functions the jar of the functions, {@code functions-…-lambda.jar}
 * @param policies one for each product that is shipped
 * @param publishers ARNs of the roles and users that may publish releases, with {@code *} and
 *     {@code ?} as in IAM
 * @param notified e-mail addresses that hear of halts, restores, and what needs a person
 * @param volumeKeys ARNs of the customer managed KMS keys that the fleet's volumes are encrypted
 *     with; AWS's own key needs no mention
 * @param tracing whether X-Ray sees functions and clock
 * @param reservedConcurrency whether functions that must always find room have it reserved, which
 *     an account with the smallest quota cannot do
 * @param testEvents where the test events of the operators' functions go
 * @param logRetention how long the functions' logs are kept; the journal is kept for good
 * @param evidenceDays how long screenshots and console outputs are kept
 */
public record RingfenceProps(
    String name,
    Path functions,
    List<ProductPolicy> policies,
    List<String> publishers,
    List<String> notified,
    List<String> volumeKeys,
    boolean tracing,
    boolean reservedConcurrency,
    TestEvents testEvents,
    RetentionDays logRetention,
    int evidenceDays) {
  /** What everything is called after unless a team says otherwise. */
  static final String NAMED = "ringfence";

  private static final Pattern NAME = Pattern.compile(Variables.CELL_NAME);
  private static final Pattern PRINCIPAL =
      Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/.{1,512}");
  private static final Pattern KEY =
      Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,128}");
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

  public RingfenceProps {
    policies = List.copyOf(policies);
    publishers = List.copyOf(publishers);
    notified = List.copyOf(notified);
    volumeKeys = List.copyOf(volumeKeys);
    require(
        NAME.matcher(name).matches(),
        "name is \"" + name + "\", must be a letter and up to 30 letters, digits and dashes");
    require(
        Files.isRegularFile(functions) && functions.toString().endsWith(".jar"),
        "functions is " + functions + ", must be the functions' jar: mvn package makes it");
    require(!policies.isEmpty(), "policies must have at least one: else every release is refused");
    checkProducts(policies);
    require(!publishers.isEmpty(), "publishers must have at least one: else nobody can publish");
    all("publishers", publishers, PRINCIPAL, "the ARN of an IAM role or user");
    all("notified", notified, ADDRESS, "an e-mail address");
    all("volumeKeys", volumeKeys, KEY, "the ARN of a KMS key");
    require(evidenceDays > 0, "evidenceDays is " + evidenceDays + ", must be at least 1");
  }

  private static void checkProducts(List<ProductPolicy> policies) {
    Set<String> products = new HashSet<>();
    for (ProductPolicy each : policies) {
      String product = each.policy().product();
      require(products.add(product), "policies has two of the product " + product);
    }
  }

  private static void all(String prop, List<String> values, Pattern pattern, String label) {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      require(
          Token.isUnresolved(value) || pattern.matcher(value).matches(),
          prop + "[" + i + "] is \"" + value + "\", must be " + label);
    }
  }

  private static void require(boolean fulfilled, String otherwise) {
    if (!fulfilled) {
      throw new InvalidProps(otherwise);
    }
  }

  /**
   * Begins with the one thing that has no default.
   *
   * @param functions the jar of the functions
   */
  public static Builder builder(Path functions) {
    return new Builder(functions);
  }

  /** Props under construction. */
  public static final class Builder {
    /** A quarter: long enough for whoever looks into what a release broke. */
    private static final int EVIDENCE_DAYS = 90;

    private final Path functions;
    private final List<ProductPolicy> policies = new ArrayList<>();
    private final List<String> publishers = new ArrayList<>();
    private final List<String> notified = new ArrayList<>();
    private final List<String> volumeKeys = new ArrayList<>();
    private String name = NAMED;
    private boolean tracing;
    private boolean reservedConcurrency = true;
    private TestEvents testEvents = TestEvents.NEW_REGISTRY;
    private RetentionDays logRetention = RetentionDays.ONE_MONTH;
    private int evidenceDays = EVIDENCE_DAYS;

    private Builder(Path functions) {
      this.functions = functions;
    }

    public Builder name(String cell) {
      this.name = cell;
      return this;
    }

    public Builder policy(ProductPolicy policy) {
      policies.add(policy);
      return this;
    }

    public Builder publisher(String arn) {
      publishers.add(arn);
      return this;
    }

    public Builder notifying(String address) {
      notified.add(address);
      return this;
    }

    public Builder volumeKey(String arn) {
      volumeKeys.add(arn);
      return this;
    }

    public Builder tracing(boolean on) {
      this.tracing = on;
      return this;
    }

    public Builder reservedConcurrency(boolean on) {
      this.reservedConcurrency = on;
      return this;
    }

    public Builder testEvents(TestEvents where) {
      this.testEvents = where;
      return this;
    }

    public Builder logRetention(RetentionDays kept) {
      this.logRetention = kept;
      return this;
    }

    public Builder evidenceDays(int days) {
      this.evidenceDays = days;
      return this;
    }

    /**
     * Checks the props.
     *
     * @throws InvalidProps naming the first prop that is wrong
     */
    public RingfenceProps build() {
      return new RingfenceProps(
          name,
          functions,
          policies,
          publishers,
          notified,
          volumeKeys,
          tracing,
          reservedConcurrency,
          testEvents,
          logRetention,
          evidenceDays);
    }
  }
}
