/**
 * What every simulated service shares: the account and its zones, seeded chance, throttles, filters
 * and pages.
 */
@NullMarked
package dev.ringfence.lab.cloud.account;

import org.jspecify.annotations.NullMarked;
