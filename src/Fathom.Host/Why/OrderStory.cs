using Fathom.Domain.Values;

namespace Fathom.Host.Why;

/// <summary>What became of one order: every command about it, every change of it, every fill, as published, in order; and how its replacements were judged.</summary>
internal sealed class OrderStory(ClientOrderId id)
{
    public ClientOrderId Id { get; } = id;

    public List<byte[]> Events { get; } = [];

    /// <summary>Those after the decision that is shown.</summary>
    public List<Judgement> Judgements { get; } = [];

    /// <summary>Nothing more can come of it.</summary>
    public bool IsOver { get; set; }
}
