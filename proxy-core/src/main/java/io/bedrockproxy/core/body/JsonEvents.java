package io.bedrockproxy.core.body;

/** What {@link JsonScanner} tells about the object that a document is: its own keys and values, none of what is in them. */
interface JsonEvents {
    /**
     * A key of the outermost object.
     *
     * @param name decoded; one that is too long is cut off
     * @return how many characters of its value are wanted if that is a string; 0 for none
     */
    int key(String name);

    /**
     * The value of a key whose value was wanted.
     *
     * @param text decoded, cut off behind what was wanted; each character beyond ASCII is one {@code U+FFFD}
     */
    void text(String text);

    /** The value of a key whose value was wanted is no string. */
    void otherValue();
}
