using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Host.Sessions;

/// <summary>A file with one instrument that the account can hold, as it is defined first and as it changes. Anything else would run to the end and mean
/// nothing: better said before the engine sees the instrument.</summary>
/// <param name="currency">The account's.</param>
public sealed class TradableSource(DbnSource source, CurrencyCode currency) : IMessageSource
{
    private const int NamesMax = 10;

    private int _checked;
    private long _version;

    /// <exception cref="InputException">A second instrument, one of a kind or currency that the account cannot hold, or a damaged file.</exception>
    public int Read(Span<byte> buffer)
    {
        int length = source.Read(buffer);
        if (source.Registry.Count > 1) throw Several();
        if (_version != source.Registry.Version) (_version, _checked) = (source.Registry.Version, 0);      // what was checked may have changed
        for (; _checked < source.Registry.Count; _checked++) Terms.Require(source.Registry[new InstrumentId(_checked)], currency);
        return length;
    }

    public void Dispose() => source.Dispose();

    private InputException Several()
    {
        InstrumentDefinition[] met = [.. Enumerable.Range(0, source.Registry.Count).Select(index => source.Registry[new InstrumentId(index)])];
        string names = string.Join(", ", met.Take(NamesMax).Select(instrument => instrument.Symbol.ToString())) + (met.Length > NamesMax ? ", …" : "");
        return new InputException("data.instrument", $"nothing, and several instruments in the data ({names})", "one instrument",
            $"Name it, by symbol or by the venue's number: --set data.instrument={met[0].Symbol}");
    }
}
