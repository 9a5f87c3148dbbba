using Fathom.Domain;
using Fathom.Domain.Ports;
using Fathom.Market.Universe;

namespace Fathom.Data;

/// <summary>Market data as messages, in the order of their receive times (their running maximum). An instrument's definition comes before its first
/// message.</summary>
public interface IMarketSource : IMessageSource
{
    /// <summary>The instruments that got an id so far.</summary>
    InstrumentRegistry Registry { get; }

    /// <summary>Records met so far, wanted or not.</summary>
    long RecordCount { get; }

    /// <summary>Records left out because of the instruments or times that were asked for.</summary>
    long Unwanted { get; }

    /// <summary>Symbols that were met and not asked for, at most a hundred.</summary>
    IReadOnlyCollection<string> OtherInstruments { get; }

    /// <summary>Stored bytes taken so far: <see cref="Position"/> / <see cref="Length"/> is the progress.</summary>
    long Position { get; }

    /// <summary>Stored bytes in all; 0 where the system does not know.</summary>
    long Length { get; }

    /// <summary>All symbols of the data, where it says so at its beginning; null where only its records say.</summary>
    IReadOnlyCollection<string>? StatedSymbols => null;
}
