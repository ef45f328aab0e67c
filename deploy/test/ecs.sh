#!/usr/bin/env bash
# The ECS task definition and the CloudFormation templates: linter, AWS's own model of the call, and the permissions of the
# target account compared with what the command policy prints.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=$root/deploy/ecs
left=0
if command -v cfn-lint >/dev/null && cfn-lint --version >/dev/null 2>&1; then
    cfn-lint --non-zero-exit-code warning -- "$folder"/*-account.yaml >"$work/lint" 2>&1 \
        || fail "cfn-lint: $(cat "$work/lint")"
    sed 's/ReadonlyRootFilesystem/ReadonlyRootFilesytem/' "$folder/proxy-account.yaml" >"$work/broken.yaml"
    if cfn-lint "$work/broken.yaml" >/dev/null 2>&1; then
        fail 'cfn-lint takes an unknown property without a word'
    fi
    pass 'cfn-lint: nothing to say'
else
    echo 'not run: no cfn-lint'
    left=77
fi

if python3 -c 'import botocore' 2>/dev/null; then
    python3 - "$folder/task-definition.json" <<'PYTHON' || fail 'the task definition'
import json, sys
import botocore.session
from botocore.validate import ParamValidator

shape = (botocore.session.get_session().get_service_model("ecs", "2014-11-13")
         .operation_model("RegisterTaskDefinition").input_shape)
with open(sys.argv[1]) as file:
    task = json.load(file)
report = ParamValidator().validate(task, shape)
assert not report.has_errors(), report.generate_report()
task["containerDefinitions"][0]["stopTimout"] = 1
assert ParamValidator().validate(task, shape).has_errors(), "an unknown field is not seen"
PYTHON
    pass "task definition: AWS's model of RegisterTaskDefinition takes it"
else
    echo 'not run: no botocore'
    left=77
fi

python3 -c 'import yaml' 2>/dev/null || not_run 'no PyYAML: templates were not compared'
[ -x "$launcher" ] || not_run 'no distribution in proxy-server/target/dist: permissions were not compared'
env APP_SECRET=0123456789abcdef0123456789 AWS_ACCESS_KEY_ID=AKIAEXAMPLE AWS_SECRET_ACCESS_KEY=example \
    BEDROCK_PROXY_STS_ENDPOINT=http://127.0.0.1:9 "$launcher" policy --json --config "$folder/proxy.conf" \
    >"$work/policy.json" 2>"$work/policy.err" || fail "policy: $(cat "$work/policy.err")"
python3 - "$folder" "$work/policy.json" <<'PYTHON' || fail 'templates, task definition and policy disagree'
import json, sys, yaml

class Template(yaml.SafeLoader):
    pass

def reference(loader, suffix, node):
    if isinstance(node, yaml.SequenceNode):
        return {suffix: loader.construct_sequence(node)}
    return {suffix: loader.construct_scalar(node)}

Template.add_multi_constructor("!", reference)

def template(name):
    with open(f"{sys.argv[1]}/{name}-account.yaml") as file:
        return yaml.load(file, Template)["Resources"]

def same(what, ours, printed):
    assert ours == printed, f"{what}:\n{json.dumps(ours, indent=1)}\n(expected: {json.dumps(printed, indent=1)})"

with open(sys.argv[2]) as file:
    documents = json.load(file)["documents"]
def printed(kind):
    return next(d["policy"] for d in documents if d["subject"] == "role bedrock" and d["kind"] == kind)

role = template("target")["Role"]["Properties"]
same("permissions", role["Policies"][0]["PolicyDocument"], printed("permissions"))
trust = printed("trust")
trust["Statement"][0]["Principal"]["AWS"] = {"Ref": "ProxyPrincipalArn"}
trust["Statement"][0]["Condition"]["StringEquals"]["sts:ExternalId"] = {"Ref": "ExternalId"}
same("trust", role["AssumeRolePolicyDocument"], trust)

with open(f"{sys.argv[1]}/task-definition.json") as file:
    plain = json.load(file)["containerDefinitions"]
formed = template("proxy")["TaskDefinition"]["Properties"]["ContainerDefinitions"]
for ours, theirs in zip(plain, formed, strict=True):
    for key in ("name", "essential", "user", "readonlyRootFilesystem", "memory", "stopTimeout"):
        same(key, ours.get(key), theirs.get(key[0].upper() + key[1:]))
    same("health check", ours.get("healthCheck", {}).get("command"), theirs.get("HealthCheck", {}).get("Command"))
proxy, app = plain
same("dependsOn", app["dependsOn"], [{"containerName": proxy["name"], "condition": "HEALTHY"}])
assert proxy["stopTimeout"] > 100, "stopTimeout of the proxy has to be above timeouts.drain"
assert not any("AWS_ACCESS" in v["name"] for c in plain for v in c["environment"]), "long-lived keys"
PYTHON
pass 'permissions and trust are what policy prints; task definition and template agree'
exit $left
