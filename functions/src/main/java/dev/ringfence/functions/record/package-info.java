/**
 * The store on one DynamoDB table, reached through the Enhanced Client. Every item is found by its
 * key; there is no scan, no secondary index, and nothing relies on an item's expiry.
 *
 * <table>
 * <caption>The table's layout</caption>
 * <tr><th>item</th><th>pk</th><th>sk</th><th>attributes</th></tr>
 * <tr><td>head of an operation</td><td>{@code OP#<id>}</td><td>{@code HEAD}</td>
 *   <td>kind, phase, version, ended, body (packed JSON: policy, manifest and plan are kilobytes, and
 *   every beat that decides something pays for them); the standing request (wish, asker, why,
 *   asked, agreed); mark (which write made it); committed and touched (version and parts of the last
 *   commit);
 *   partCount and generations (which part items are meant)</td></tr>
 * <tr><td>part, up to 50 machines, as a whole</td><td>{@code OP#<id>}</td>
 *   <td>{@code PART#<number>#<mark>}</td>
 *   <td>number, since (the version that wrote it), body (packed JSON); written once, never
 *   changed</td></tr>
 * <tr><td>what changed in a part since</td><td>{@code OP#<id>}</td>
 *   <td>{@code PART#<number>#<mark>#DELTA}</td>
 *   <td>number, since, base (the sort key of the whole part that it is told against), body; there
 *   once something changed, and then it counts</td></tr>
 * <tr><td>journal</td><td>{@code OP#<id>}</td><td>{@code JOURNAL#<instant>#<version>#<n>}</td>
 *   <td>body (a JSON list of entries); written once, never changed</td></tr>
 * <tr><td>lane</td><td>{@code LANE#<product>#<channel>}</td><td>{@code LANE}</td>
 *   <td>holder, newest, installed</td></tr>
 * <tr><td>quarantined version</td><td>{@code LANE#<product>#<channel>}</td>
 *   <td>{@code QUARANTINE#<version>}</td><td>banned, artifact, reason</td></tr>
 * <tr><td>machine pointer</td><td>{@code MACHINE#<id>}</td><td>{@code <instant>#<operation>}</td>
 *   <td>operation, part, at</td></tr>
 * <tr><td>machine's custody</td><td>{@code CUSTODY#<id>}</td><td>{@code HOLDER}</td>
 *   <td>holder: the operation that works on its root; absent once it was given back</td></tr>
 * <tr><td>restored without a person</td><td>{@code CUSTODY#<id>}</td>
 *   <td>{@code RESTORED#<product> <version>}</td><td>holder: the restore that did</td></tr>
 * <tr><td>alarm watcher</td><td>{@code ALARM#<name>}</td><td>the operation's id</td><td></td></tr>
 * <tr><td>operation that goes on</td><td>{@code RECENT#<kind>}</td><td>{@code OPEN#<id>}</td>
 *   <td></td></tr>
 * <tr><td>operation that ended lately</td><td>{@code RECENT#<kind>}</td><td>{@code ENDED#<id>}</td>
 *   <td>body (when); only the newest are kept</td></tr>
 * <tr><td>policy</td><td>{@code PRODUCT#<product>}</td><td>{@code POLICY}</td>
 *   <td>body (JSON)</td></tr>
 * <tr><td>product with a policy</td><td>{@code PRODUCTS}</td><td>the product</td><td></td></tr>
 * <tr><td>newest drill of each outcome</td><td>{@code PROOFS}</td>
 *   <td>{@code CLASS} or {@code MACHINE}, {@code #PASSED#} or {@code #FAILED#}, its name</td>
 *   <td>at, body (JSON)</td></tr>
 * </table>
 *
 * <p>Whole parts are written ahead of the head or the delta that names them. Their key carries the
 * mark of the write they belong to, so that a beat that was overtaken can never write over what
 * another beat has committed; what it leaves behind is named by nothing and used by nobody.
 *
 * <p>DynamoDB's limits that shape this: an item has at most 400 KB, a transaction 100 items and 4
 * MB, a batch 25 items, a query's page 1 MB; a transaction's writes cost two units for each KB, all
 * others one (Amazon DynamoDB Developer Guide, "Service, account, and table quotas" and "Capacity
 * unit consumption for transactions").
 */
@NullMarked
package dev.ringfence.functions.record;

import org.jspecify.annotations.NullMarked;
