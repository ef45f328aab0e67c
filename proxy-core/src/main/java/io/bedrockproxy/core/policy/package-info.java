/** IAM policies that say what the rules of clients say: for roles, for their sessions, and for who may assume them. */
@NullMarked
package io.bedrockproxy.core.policy;

import org.jspecify.annotations.NullMarked;
