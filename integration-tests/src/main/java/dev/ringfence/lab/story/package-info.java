/** What the lab shows: releases on a simulated fleet, told as they happen and judged at the end. */
@NullMarked
package dev.ringfence.lab.story;

import org.jspecify.annotations.NullMarked;
