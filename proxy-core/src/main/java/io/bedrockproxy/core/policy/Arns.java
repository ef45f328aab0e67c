package io.bedrockproxy.core.policy;

/**
 * Patterns of ARNs in one partition. The account is left open: the rules of clients do not name one either, and nobody may
 * use another account's models unless that account says so too.
 *
 * @param partition {@code aws}, {@code aws-us-gov}, {@code aws-cn} and so on
 */
record Arns(String partition) {
    /** In every region, and in none: the star stands for nothing too, which the models behind global profiles need. */
    String foundationModel(String name) {
        return "arn:" + partition + ":bedrock:*::foundation-model/" + name;
    }

    /** Of Bedrock, in every region and account; {@code *} too stands for any of these. */
    String bedrock(String resource) {
        return "arn:" + partition + ":bedrock:*:*:" + resource;
    }

    String endpoint(String name) {
        return "arn:" + partition + ":sagemaker:*:*:endpoint/" + name;
    }

    String mantleProject(String name) {
        return "arn:" + partition + ":bedrock-mantle:*:*:project/" + name;
    }
}
