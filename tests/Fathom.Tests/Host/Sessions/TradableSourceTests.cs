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
    private const string Found = "kind inverse without a currency";
    private const ulong Orders = 40_000;      // more than is decoded at once, so that the change is not known at the first check

    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-holdable-").FullName;

    [Fact]
    public void Instruments_that_make_money_pass_in_any_currency() => Assert.True(ReadAll("BTC", "BTC") > 0);

    [Fact]
    public void An_instrument_that_makes_no_money_is_refused() => Assert.Equal(Found, Assert.Throws<InputException>(() => ReadAll(null, null)).Found);

    [Fact]
    public void An_instrument_whose_definition_changes_so_that_it_makes_no_money_is_refused() =>
        Assert.Equal(Found, Assert.Throws<InputException>(() => ReadAll("BTC", null)).Found);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Reads a file of a definition, many orders and another definition of the same instrument.</summary>
    private long ReadAll(string? first, string? second)
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

        using TradableSource source = new(DbnFile.Open(path, new DbnReadOptions(), new InstrumentRegistry([new InstrumentOverride("X", Kind: InstrumentKind.Inverse)])), AccountTests.Code("USD"));
        byte[] buffer = GC.AllocateArray<byte>(64 * 1024, pinned: true);
        long read = 0;
        for (int length = source.Read(buffer); length > 0; length = source.Read(buffer)) read += length;
        return read;
    }

    private static InstrumentDefinition Definition(string? currency, long time)
    {
        InstrumentDefinition definition = AccountTests.Definition(new InstrumentId(0));
        definition.Header.EventTime = definition.Header.ReceiveTime = new Timestamp(time);
        definition.Currency = currency is null ? CurrencyCode.None : AccountTests.Code(currency);
        if (currency is null) definition.Assumed = InstrumentAssumptions.Currency;
        definition.VenueInstrument = 7;
        definition.Activation = definition.Expiration = Timestamp.None;
        return definition;
    }
}
