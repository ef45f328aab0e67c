/** Files that change while the process runs. */
@NullMarked
package io.bedrockproxy.core.file;

import org.jspecify.annotations.NullMarked;
