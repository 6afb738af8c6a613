/** Systems Manager: agents as the API shows them, documents, Run Command and change calendars. */
@NullMarked
package dev.ringfence.lab.cloud.ssm;

import org.jspecify.annotations.NullMarked;
