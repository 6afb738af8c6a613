package dev.ringfence.functions.record;

import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * The newest drill of one outcome, of one class or one machine.
 *
 * @param at when, in a text that sorts as time does
 */
record ProofRow(String sk, String at, String body) {
  static final String AT = "at";

  static final TableSchema<ProofRow> SCHEMA =
      Draft.schema(
              ProofRow.class,
              draft ->
                  new ProofRow(
                      draft.sk(), draft.need(AT, String.class), draft.need("body", String.class)),
              row -> Keys.PROOFS,
              ProofRow::sk)
          .addAttribute(Draft.column(ProofRow.class, AT, ProofRow::at))
          .addAttribute(Draft.column(ProofRow.class, "body", ProofRow::body))
          .build();
}
