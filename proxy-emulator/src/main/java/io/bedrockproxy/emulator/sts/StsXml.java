package io.bedrockproxy.emulator.sts;

/** The XML of the query protocol. */
final class StsXml {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    private StsXml() {}

    static String element(String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return '<' + name + '>' + escaped + "</" + name + '>';
    }

    static String response(String action, String resultXml, String requestId) {
        return '<' + action + "Response xmlns=\"" + NAMESPACE + "\">\n<" + action + "Result>" + resultXml + "</"
                + action
                + "Result>\n<ResponseMetadata>" + element("RequestId", requestId) + "</ResponseMetadata>\n</" + action
                + "Response>\n";
    }

    static String error(StsFault fault, String requestId) {
        return "<ErrorResponse xmlns=\"" + NAMESPACE + "\">\n<Error>" + element("Type", fault.type())
                + element("Code", fault.code()) + element("Message", fault.message()) + "</Error>\n"
                + element("RequestId", requestId) + "\n</ErrorResponse>\n";
    }
}
