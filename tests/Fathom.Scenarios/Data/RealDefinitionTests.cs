using Fathom.Data.Dbn;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Scenarios.Data;

public class RealDefinitionTests
{
    [Theory]
    [InlineData("dbn/real/historical_bars_catalog/databento/futures_definition.dbn.zst", "ESU4", 50, "0.25")]
    [InlineData("dbn/real/historical_bars_catalog/databento/futures_definition.dbn.zst", "NQU4", 20, "0.25")]
    [InlineData("dbn/real/options_catalog/databento/options_definition.dbn.zst", "ESM4 P5250", 50, "")]
    [InlineData("dbn/corpus-python/GLBX.MDP3/test_data.definition.dbn.zst", "ESH1", 50, "0.25")]
    [InlineData("dbn/corpus-python/IFEU.IMPACT/test_data.definition.dbn.zst", "BRN FMJ0024!", 1000, "0.01")]
    [InlineData("dbn/corpus-python/NDEX.IMPACT/test_data.definition.dbn.zst", "TFM FMH0024!", 743, "0.005")]
    [InlineData("dbn/corpus-python/XNAS.ITCH/test_data.definition.dbn.zst", "NVDA", 1, "")]
    public void Money_per_point_and_tick_of_real_contracts_are_those_of_the_venue(string file, string symbol, int multiplier, string tick)
    {
        InstrumentDefinition definition = Definitions(file).First(definition => definition.Symbol.ToString() == symbol);

        Assert.Equal(multiplier, definition.Multiplier);
        Assert.Equal(InstrumentAssumptions.None, definition.Assumed & InstrumentAssumptions.Multiplier);
        Assert.Equal(tick.Length == 0, (definition.Assumed & InstrumentAssumptions.Tick) != 0);
        if (tick.Length > 0) Assert.Equal(tick, definition.Tick.ToDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture).TrimEnd('0'));
        Assert.Equal(Quantity.Units(1), definition.Lot);
        Assert.Equal(symbol == "NVDA" ? InstrumentKind.Spot : InstrumentKind.Linear, definition.Kind);
    }

    [Fact]
    public void A_books_instrument_is_described_by_the_definitions_of_another_file()
    {
        using DbnSource source = DbnFile.Open(
            RealFiles.Find("dbn/real/order_book_deltas_catalog/databento/orderbooks_mbo_2024-05-08T00-00-00_2024-05-08T00-00-02.dbn.zst"),
            new DbnReadOptions { Definitions = RealFiles.Find("dbn/real/order_book_deltas_catalog/databento/orderbooks_definition.dbn.zst") });
        byte[] buffer = new byte[1 << 16];
        while (source.Read(buffer) > 0) { }

        Assert.Equal(13_796, source.RecordCount);
        InstrumentDefinition definition = source.Registry[new InstrumentId(0)];
        Assert.Equal(1, source.Registry.Count);
        Assert.Equal("ESM4", definition.Symbol.ToString());
        Assert.Equal(50m, definition.Multiplier);
        Assert.Equal("USD", definition.Currency.ToString());
        Assert.Equal(InstrumentAssumptions.None, definition.Assumed);
    }

    private static List<InstrumentDefinition> Definitions(string file)
    {
        using DbnSource source = DbnFile.Open(RealFiles.Find(file));
        byte[] buffer = new byte[1 << 16];
        while (source.Read(buffer) > 0) { }
        return [.. Enumerable.Range(0, source.Registry.Count).Select(index => source.Registry[new InstrumentId(index)])];
    }
}
