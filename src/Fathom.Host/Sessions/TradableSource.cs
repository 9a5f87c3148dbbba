using Fathom.Data;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Host.Sessions;

/// <summary>A file whose instruments the account can hold, as they are defined first and as they change. Anything else would run to the end and mean
/// nothing: better said before the engine sees the instrument.</summary>
/// <param name="currency">The account's.</param>
public sealed class TradableSource(IMarketSource source, CurrencyCode currency) : IMessageSource
{
    private int _checked;
    private long _version;

    /// <exception cref="InputException">An instrument that makes no money (<see cref="Terms.IsSupported"/>), or a damaged file.</exception>
    public int Read(Span<byte> buffer)
    {
        int length = source.Read(buffer);
        if (_version != source.Registry.Version) (_version, _checked) = (source.Registry.Version, 0);      // what was checked may have changed
        for (; _checked < source.Registry.Count; _checked++) Terms.Require(source.Registry[new InstrumentId(_checked)], currency);
        return length;
    }

    public void Dispose() => source.Dispose();
}
