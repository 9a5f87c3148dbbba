using System.Buffers.Binary;
using System.Text;
using Fathom.Data.Dbn;
using Fathom.Data.Dbn.Records;

namespace Fathom.Tests.Data.Dbn.Records;

/// <summary>The views over records whose layout changed between versions: each field is put at the offset that the format states and read back.</summary>
public class DefinitionRecordViewsTests
{
    [Theory]
    [InlineData(360, 328, 140, 160, 168, 186, 190, 200, 243, 248, 269, 300, 325, 342, 349, 88, 96)]
    [InlineData(400, 112, 148, 164, 172, 186, 190, 200, 292, 297, 318, 349, 374, 375, 382, 88, 96)]
    [InlineData(520, 104, 160, 176, 184, 224, 228, 238, 330, 335, 360, 391, 487, 488, 493, 80, 88)]
    public void Definitions_of_all_versions(int length, int strike, int lot, int multiplier, int size, int currency, int settlement, int symbol, int exchange, int asset,
        int unit, int underlying, int kind, int match, int update, int unitQuantity, int tickAmount)
    {
        byte[] record = DbnBuilder.Record(0x13, length, instrument: 77, publisher: 5, eventTime: 1001);
        Put(record, 16, 1002L, 24, 1003L, 32, 1004L, 40, 1005L, 48, 1006L, strike, 1007L, unitQuantity, 1008L, tickAmount, 1009L);
        Put(record, lot, 11, multiplier, 12, size, 13);
        Text(record, currency, "USD", settlement, "EUR", symbol, "SYMBOL", exchange, "XCME", asset, "ES", unit, "IPNT", underlying, "UNDER");
        (record[kind], record[match], record[update]) = ((byte)'F', (byte)'K', (byte)'M');

        Assert.True(DefinitionRecord.TryView(record, out DefinitionRecord view));
        Assert.Equal((5, 77u, 1001ul, 1002ul), (view.Publisher, view.Instrument, view.EventTime, view.ReceiveTime));
        Assert.Equal((1003L, 1004L, 1005ul, 1006ul), (view.MinPriceIncrement, view.DisplayFactor, view.Expiration, view.Activation));
        Assert.Equal((1007L, 1008L, 1009L), (view.StrikePrice, view.UnitOfMeasureQuantity, view.MinPriceIncrementAmount));
        Assert.Equal((11, 12, 13), (view.MinLotSize, view.ContractMultiplier, view.OriginalContractSize));
        Assert.Equal(("USD", "EUR", "SYMBOL", "XCME"), (view.Currency, view.SettlementCurrency, view.RawSymbol, view.Exchange));
        Assert.Equal(("ES", "IPNT", "UNDER"), (view.Asset, view.UnitOfMeasure, view.Underlying));
        Assert.Equal(((byte)'F', (byte)'K', (byte)'M'), (view.InstrumentClass, view.MatchAlgorithm, view.UpdateAction));
        Assert.True(DefinitionRecord.TryView(new byte[length + 8], out _));
        Assert.False(DefinitionRecord.TryView(new byte[length + 4], out _));
    }

    [Theory]
    [InlineData(64, 44, 48, 52, 54, 56)]
    [InlineData(80, 48, 52, 56, 58, 60)]
    public void Statistics_of_all_versions(int length, int sequence, int delta, int type, int channel, int update)
    {
        byte[] record = DbnBuilder.Record(0x18, length);
        Put(record, 16, 1001L, 24, 1002L, 32, 1003L);
        if (length == 80) Put(record, 40, 123_456_789_012L);
        else Put(record, 40, int.MaxValue);
        Put(record, sequence, 21, delta, -22);
        (record[type], record[channel], record[update]) = (9, 4, 2);

        Assert.True(StatisticsRecord.TryView(record, out StatisticsRecord view));
        Assert.Equal((1001ul, 1002ul, 1003L), (view.ReceiveTime, view.ReferenceTime, view.Price));
        Assert.Equal(length == 80 ? 123_456_789_012L : long.MaxValue, view.Quantity);
        Assert.Equal((21u, -22, (ushort)9, (ushort)4, (byte)2), (view.Sequence, view.SendDelta, view.Type, view.Channel, view.UpdateAction));
    }

    [Theory]
    [InlineData(80, 16, 38, 64, 72)]
    [InlineData(176, 17, 89, 160, 168)]
    public void Symbol_mappings_of_all_versions(int length, int symbolIn, int symbolOut, int start, int end)
    {
        byte[] record = DbnBuilder.Record(0x16, length, instrument: 77);
        Text(record, symbolIn, "ES.FUT", symbolOut, "ESM4");
        Put(record, start, 1001L, end, 1002L);
        if (length == 176) (record[16], record[88]) = (4, 1);

        Assert.True(SymbolMappingRecord.TryView(record, out SymbolMappingRecord view));
        Assert.Equal((77u, "ES.FUT", "ESM4", 1001ul, 1002ul), (view.Instrument, view.SymbolIn, view.SymbolOut, view.Start, view.End));
        Assert.Equal(length == 176 ? DbnSymbology.Parent : DbnSymbology.None, view.SymbologyIn);
        Assert.Equal(length == 176 ? DbnSymbology.RawSymbol : DbnSymbology.None, view.SymbologyOut);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(320)]
    public void Gateway_messages_of_all_versions(int length)
    {
        byte[] record = DbnBuilder.Record(0x15, length);
        Text(record, 16, "what happened");
        if (length == 320) (record[318], record[319]) = (6, 1);

        Assert.True(ErrorRecord.TryView(record, out ErrorRecord error));
        Assert.Equal(("what happened", length == 320 ? (byte)6 : byte.MaxValue, true), (error.Text, error.Code, error.IsLast));
        Assert.True(SystemRecord.TryView(record, out SystemRecord system));
        Assert.Equal(("what happened", length == 320 ? (byte)1 : byte.MaxValue), (system.Text, system.Code));
        Assert.False(SystemRecord.TryView(new byte[84], out _));
    }

    private static void Put(byte[] record, params object[] places)
    {
        for (int i = 0; i < places.Length; i += 2)
        {
            Span<byte> place = record.AsSpan((int)places[i]);
            if (places[i + 1] is long wide) BinaryPrimitives.WriteInt64LittleEndian(place, wide);
            else BinaryPrimitives.WriteInt32LittleEndian(place, (int)places[i + 1]);
        }
    }

    private static void Text(byte[] record, params object[] places)
    {
        for (int i = 0; i < places.Length; i += 2) Encoding.ASCII.GetBytes((string)places[i + 1]).CopyTo(record, (int)places[i]);
    }
}
