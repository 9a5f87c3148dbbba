using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>Wants of one form that stand until they are withdrawn, one per instrument.</summary>
/// <param name="create">Makes an instrument's, once.</param>
internal sealed class StandingWants<T>(Func<InstrumentId, T> create) where T : class
{
    private T?[] _wants = [];

    /// <summary>By instrument; null where there never was one.</summary>
    public ReadOnlySpan<T?> All => _wants;

    /// <summary>Null where there never was one.</summary>
    public T? Find(InstrumentId instrument) => (uint)instrument.Index < (uint)_wants.Length ? _wants[instrument.Index] : null;

    /// <summary>The instrument's, made when there was none.</summary>
    public T Of(InstrumentId instrument)
    {
        if (instrument.Index >= _wants.Length) Array.Resize(ref _wants, Math.Max(instrument.Index + 1, _wants.Length * 2));
        return _wants[instrument.Index] ??= create(instrument);
    }
}
