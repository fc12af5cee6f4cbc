using Exchange.Domain.Encoding;

namespace Exchange.Domain.Tests.Encoding;

public sealed class ByteWriterTests
{
    [Theory]
    [InlineData("0", "00")]
    [InlineData("0.000", "00")]
    [InlineData("-0.0", "00")]
    [InlineData("1", "0101")]
    [InlineData("-1", "0201")]
    [InlineData("1.50", "030F")]
    [InlineData("100", "0164")]
    [InlineData("0.00000001", "1101")]
    [InlineData("18446744073709551615", "01FFFFFFFFFFFFFFFFFF01")]
    [InlineData("18446744073709551616", "41000000000000000001000000")]
    [InlineData("79228162514264337593543950335", "41FFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("-7.9228162514264337593543950335", "7AFFFFFFFFFFFFFFFFFFFFFFFF")]
    public void A_decimal_has_one_form_and_comes_back_exactly(string text, string hex)
    {
        var value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var writer = new ByteWriter();
        writer.WriteDecimal(value);

        Assert.Equal(hex, Convert.ToHexString(writer.Written));
        Assert.Equal(value, new ByteReader(writer.Written).ReadDecimal());
    }

    [Fact]
    public void A_wide_decimal_loses_its_trailing_zeros_too()
    {
        var writer = new ByteWriter();
        writer.WriteDecimal(1.2500000000000000000000000000m);

        Assert.Equal("057D", Convert.ToHexString(writer.Written));
    }

    [Theory]
    [InlineData(0L, "00")]
    [InlineData(-1L, "01")]
    [InlineData(1L, "02")]
    [InlineData(63L, "7E")]
    [InlineData(64L, "8001")]
    [InlineData(long.MaxValue, "FEFFFFFFFFFFFFFFFF01")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void A_signed_number_is_short_when_it_is_small(long value, string hex)
    {
        var writer = new ByteWriter();
        writer.WriteSigned(value);

        Assert.Equal(hex, Convert.ToHexString(writer.Written));
        Assert.Equal(value, new ByteReader(writer.Written).ReadSigned());
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF01")]
    public void A_number_of_more_than_64_bits_is_refused(string hex)
    {
        Assert.Throws<CorruptDataException>(() => new ByteReader(Convert.FromHexString(hex)).ReadUnsigned());
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        Assert.Throws<CorruptDataException>(() => new ByteReader([2, 0xC3, 0x28]).ReadString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(41)]
    [InlineData(42)]
    [InlineData(43)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(5_000)]
    public void Texts_of_every_length_come_back(int length)
    {
        var text = new string('é', length);
        var writer = new ByteWriter(16);
        writer.WriteString(text);

        Assert.Equal(text, new ByteReader(writer.Written).ReadString());
    }

    [Fact]
    public void A_frame_keeps_its_reader_inside()
    {
        var writer = new ByteWriter();
        var frame = writer.BeginFrame();
        writer.WriteSigned(5);
        writer.EndFrame(frame);
        writer.WriteSigned(6);

        var reader = new ByteReader(writer.Written);
        var inner = reader.ReadFrame();
        Assert.Equal(5, inner.ReadSigned());
        Assert.True(inner.AtEnd);
        Assert.Equal(6, reader.ReadSigned());
        Assert.True(reader.AtEnd);
    }
}
