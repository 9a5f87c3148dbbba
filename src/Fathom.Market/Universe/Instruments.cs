using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>What every instrument is and what its market is doing, by dense id, as the messages so far have said.</summary>
public sealed class Instruments
{
    /// <summary>Dense ids are below this. They come from our own registry, which counts from 0; a larger one is a broken message.</summary>
    public const int CountMax = 1 << 22;

    private InstrumentDefinition[] _definitions = [];
    private bool[] _isDefined = [];
    private TradingState[] _states = [];

    /// <summary>One more than the largest id seen in a definition.</summary>
    public int Count { get; private set; }

    /// <summary>The latest definition of the instrument.</summary>
    /// <exception cref="InvariantException">No definition of the instrument has come.</exception>
    public ref readonly InstrumentDefinition this[InstrumentId instrument]
    {
        get
        {
            Invariant.Require(Contains(instrument), "an instrument's definition comes before its use");
            return ref _definitions[instrument.Index];
        }
    }

    /// <summary>The instrument has been defined.</summary>
    public bool Contains(InstrumentId instrument) => (uint)instrument.Index < (uint)Count && _isDefined[instrument.Index];

    /// <summary><see cref="TradingState.Unknown"/> when no message has said.</summary>
    public TradingState StateOf(InstrumentId instrument) =>
        (uint)instrument.Index < (uint)_states.Length ? _states[instrument.Index] : TradingState.Unknown;

    /// <summary>Takes a new or changed definition. The trading state stays.</summary>
    public void Apply(in InstrumentDefinition definition)
    {
        int index = Reserve(definition.Header.Instrument);
        _definitions[index] = definition;
        _isDefined[index] = true;
        Count = Math.Max(Count, index + 1);
    }

    /// <summary>Takes a change of trading state, of an instrument that need not be defined yet.</summary>
    public void Apply(in TradingStateChanged change)
    {
        int index = Reserve(change.Header.Instrument);
        _states[index] = change.State;
    }

    private int Reserve(InstrumentId instrument)
    {
        int index = instrument.Index;
        Invariant.Require((uint)index < CountMax, "a dense instrument id is neither negative nor beyond the registry");
        if (index >= _states.Length)
        {
            int length = Math.Max(Math.Max(4, index + 1), Math.Min(2 * _states.Length, CountMax));
            Array.Resize(ref _definitions, length);
            Array.Resize(ref _isDefined, length);
            Array.Resize(ref _states, length);
        }
        return index;
    }
}
