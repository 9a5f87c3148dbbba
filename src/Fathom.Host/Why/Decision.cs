using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Host.Why;

/// <summary>One step of an engine in which somebody wanted something or an order was judged: what was known, what was asked for, how it was judged and what left. Filled while the step runs;
/// what is known is as it was before anything of it took effect.</summary>
internal sealed class Decision
{
    /// <summary>Number of the input whose step it is.</summary>
    public required long Input { get; init; }

    /// <summary>None behind the last input, where strategies have their last word.</summary>
    public required MessageType InputType { get; init; }

    public required InstrumentId InputInstrument { get; init; }

    /// <summary>The engine's.</summary>
    public required Timestamp Clock { get; init; }

    /// <summary>None while the kill switch is off.</summary>
    public required Timestamp KilledSince { get; init; }

    public required bool IsReconciled { get; init; }

    /// <summary>All money in the account's currency; null where a currency in use has no stated rate.</summary>
    public required AccountTotals? Money { get; init; }

    /// <summary>The account's measured state, by name: money of the account's currency, ratios; empty where something is not known.</summary>
    public required (string Name, string Value)[] Measures { get; init; }

    /// <summary>Strategies and aggregators that had a part in it, in the order in which they came.</summary>
    public List<OwnerView> Owners { get; } = [];

    /// <summary>Instruments that it was about, in the order in which they came.</summary>
    public List<MarketView> Markets { get; } = [];

    /// <summary>States in force of the account, these owners and these instruments; empty where states are not judged.</summary>
    public List<StateView> States { get; } = [];

    public List<WantView> Wants { get; } = [];

    public List<Judgement> Judgements { get; } = [];

    /// <summary>Ladders and targets of these owners in these instruments, as they were when the step had come to rest.</summary>
    public List<StandingView> Standing { get; } = [];

    /// <summary>All that was published in the step, in order; without quotes.</summary>
    public List<byte[]> Published { get; } = [];
}
