package dev.ringfence.operation;

/**
 * Everything that the engine and the store must know to handle one kind of operation.
 *
 * @param kind the kind
 * @param headType the record that a head is stored as
 * @param partType the record that a part is stored as
 * @param course its state machine
 */
public record Form<H extends Head, P extends Part>(
    Head.Kind kind, Class<H> headType, Class<P> partType, Course<H, P> course) {}
