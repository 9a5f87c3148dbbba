using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>What one owner (a strategy, or nobody of ours: external) has in an account: positions by instrument and settled money.</summary>
public sealed class Holdings
{
    private Holding?[] _byInstrument = [];

    public Ledger Ledger { get; } = new();

    /// <summary>Executions booked.</summary>
    public long Fills { get; internal set; }

    /// <summary>Unrealised profit at the last marks.</summary>
    public decimal Unrealized => Account.ToMoney(UnrealizedNanos);

    internal Int128 UnrealizedNanos { get; set; }

    /// <summary>Signed; zero where nothing was ever traded.</summary>
    public Quantity Quantity(InstrumentId instrument) => Find(instrument)?.Position.Quantity ?? Domain.Values.Quantity.Zero;

    /// <summary>Null where nothing was ever traded.</summary>
    public Holding? Find(InstrumentId instrument) =>
        (uint)instrument.Index < (uint)_byInstrument.Length ? _byInstrument[instrument.Index] : null;

    internal Holding Open(InstrumentId instrument)
    {
        if (instrument.Index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(instrument.Index + 1, _byInstrument.Length * 2));
        return _byInstrument[instrument.Index] ??= new Holding();
    }
}
