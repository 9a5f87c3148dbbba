using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Sessions;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Host.Sessions;

public sealed class TradableSourceTests : IDisposable
{
    private const ulong Orders = 40_000;      // more than is decoded at once, so that the change is not known at the first check

    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-holdable-").FullName;

    [Fact]
    public void Instruments_in_the_accounts_currency_pass() => Assert.True(ReadAll("USD", "USD") > 0);

    [Fact]
    public void An_instrument_in_another_currency_is_refused() => Assert.Equal("currency EUR", Assert.Throws<InputException>(() => ReadAll("EUR", "EUR")).Found);

    [Fact]
    public void An_instrument_whose_definition_changes_to_another_currency_is_refused() =>
        Assert.Equal("currency EUR", Assert.Throws<InputException>(() => ReadAll("USD", "EUR")).Found);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Reads a file of a definition, many orders and another definition of the same instrument.</summary>
    private long ReadAll(string first, string second)
    {
        string path = Path.Combine(_folder, "market.dbn");
        using (DbnWriter writer = DbnWriter.Create(path))
        {
            InstrumentDefinition definition = Definition(first, 1);
            MarketByOrder order = new()
            {
                Header = MessageHeader.Create<MarketByOrder>(MessageType.MarketByOrder, 1, new InstrumentId(0), new Timestamp(2), new Timestamp(2)),
                Price = Price.From(10m),
                Quantity = Quantity.Units(1),
                Action = BookAction.Add,
                Side = Side.Buy,
                Flags = BookFlags.Last,
            };
            InstrumentDefinition changed = Definition(second, 3);
            changed.Header.Type = MessageType.InstrumentChanged;
            writer.Write(Messages.AsBytes(in definition));
            for (ulong number = 1; number <= Orders; number++)
            {
                order.OrderId = number;
                writer.Write(Messages.AsBytes(in order));
            }
            writer.Write(Messages.AsBytes(in changed));
            writer.Complete();
        }

        using TradableSource source = new(DbnFile.Open(path, new DbnReadOptions(), new InstrumentRegistry()), AccountTests.Code("USD"));
        byte[] buffer = GC.AllocateArray<byte>(64 * 1024, pinned: true);
        long read = 0;
        for (int length = source.Read(buffer); length > 0; length = source.Read(buffer)) read += length;
        return read;
    }

    private static InstrumentDefinition Definition(string currency, long time)
    {
        InstrumentDefinition definition = AccountTests.Definition(new InstrumentId(0), currency: currency);
        definition.Header.EventTime = definition.Header.ReceiveTime = new Timestamp(time);
        definition.VenueInstrument = 7;
        definition.Activation = definition.Expiration = Timestamp.None;
        return definition;
    }
}
