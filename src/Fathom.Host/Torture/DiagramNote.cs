using Fathom.Domain.Values;

namespace Fathom.Host.Torture;

/// <summary>Something that happened on one side, as a sequence diagram shows it.</summary>
/// <param name="AtVenue">At the venue; otherwise in the engine.</param>
public sealed record DiagramNote(Timestamp Time, bool AtVenue, string Text, DiagramTone Tone = DiagramTone.Plain)
{
    /// <summary>Of what happens at one time, in which order.</summary>
    public long Order { get; init; }
}
