"""The lecture's board in MicroPython: a press of the button flips the LED and writes its state to the server.

    mpremote cp wwep.py root.pem : + run button.py

Exercises 01, 02 and 03. Without ROOT it talks in clear. Set what is in capitals to your board and network.
"""

import time

import network
from machine import Pin

import wwep

WIFI = ("class", "password")
SERVER = "192.168.1.5"
ROOT = None  # "root.pem", copied to the board: then it talks over TLS, and to that server alone
LED_PIN = "LED"  # Pico W; 2 on many ESP32 boards
BUTTON_PIN = 15  # between the pin and GND
LED_REGISTER = 0x05


def join(name, password):
    wlan = network.WLAN(network.STA_IF)
    wlan.active(True)
    wlan.connect(name, password)
    for _ in range(100):
        if wlan.isconnected():
            return wlan
        time.sleep(0.1)
    raise OSError("no Wi-Fi named %s here, or another password" % name)


def press(server, device, led):
    """What a press does: flip the LED, send its state, check the reply."""
    led.value(1 - led.value())
    try:
        stored = server.write(device, LED_REGISTER, led.value())
        print("W%04X%02X%04X accepted" % (device, LED_REGISTER, stored))
    except wwep.Error as e:
        print(e)


def main():
    led = Pin(LED_PIN, Pin.OUT, value=0)
    button = Pin(BUTTON_PIN, Pin.IN, Pin.PULL_UP)
    device = wwep.device_id(join(*WIFI).config("mac"))
    if ROOT:
        import ntptime

        ntptime.settime()  # in 2000, where clocks of boards begin, no certificate is valid yet
    server = wwep.Client(SERVER, tls=wwep.trust(ROOT) if ROOT else None)
    print("device ID %04X" % device)
    was = 1
    while True:
        now = button.value()
        if was == 1 and now == 0:
            press(server, device, led)
        was = now
        time.sleep(0.02)  # also lets the button's contacts come to rest


if __name__ == "__main__":
    main()
